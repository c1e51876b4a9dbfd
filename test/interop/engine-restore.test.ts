import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { defaultRestoreOptions, type Engine } from '../../src/jobs/api.ts';
import { encryptedOnly } from '../../src/virtual-iphone/content/domains.ts';
import { compareContents } from '../../src/virtual-iphone/mobilebackup2/compare.ts';
import { memoryFolder } from '../faults/support/memory-folder.ts';
import { Stage, run, type StagedPhone } from './support/stage.ts';
import { hashTree, runTool } from './support/tools.ts';

const password = 'correct horse';

describe('restores across programs', function () {
  this.timeout(120_000);
  let stage: Stage;
  beforeEach(async () => (stage = await Stage.open(memoryFolder())));
  afterEach(() => stage.close());

  async function paired(phone: StagedPhone, library?: string): Promise<Engine> {
    const engine = stage.engine(phone, library);
    await engine.pair({ udid: phone.udid, patience: 60_000 }, run());
    return engine;
  }

  const tool = async (phone: StagedPhone, ...args: string[]): Promise<string> => {
    const { code, output } = await runTool('idevicebackup2', ['-u', phone.udid, ...args], phone.address);
    assert.equal(code, 0, output);
    return output;
  };

  /** A phone with other content than the one that was backed up. */
  const secondPhone = () => stage.phone({ seed: 8 });

  /** An unencrypted backup lacks Health and the like by nature. */
  const assertEqual = (one: StagedPhone, other: StagedPhone, isEncrypted: boolean): void => {
    const ignore = isEncrypted ? undefined : encryptedOnly;
    assert.deepEqual(compareContents(one.phone.content, other.phone.content, { ignore, limit: 5 }), []);
  };

  for (const isEncrypted of [false, true]) {
    const kind = isEncrypted ? 'encrypted' : 'plain';

    it(`ours to a second phone by ourselves, ${kind}`, async () => {
      const first = await stage.phone();
      const engine = await paired(first);
      const encryption = isEncrypted ? { encryption: 'on' as const, password } : { encryption: 'keep' as const };
      const entry = await engine.backup({ udid: first.udid, full: false, ...encryption }, run());
      assert.equal(entry.isEncrypted, isEncrypted);
      const second = await secondPhone();
      const target = await paired(second);
      const before = await hashTree(entry.path);
      const request = {
        source: { udid: first.udid, id: entry.id }, udid: second.udid, password: isEncrypted ? password : undefined,
        options: { ...defaultRestoreOptions, preserveSettings: false, removeItemsNotRestored: true },
      };
      const findings = await target.preflightRestore(request);
      assert.deepEqual(findings.filter((finding) => finding.severity === 'blocker'), []);
      const result = await target.restore(request, run());
      assert.equal(result.deviceReturned, true);
      assertEqual(first, second, isEncrypted);
      assert.ok([...second.phone.mediaFiles.keys()].some((name) => name.endsWith('RestoreApplications.plist')));
      const after = await hashTree(entry.path);
      before.delete('backup.json');
      after.delete('backup.json');
      assert.deepEqual(after, before);
    });

    it(`an export of ours by idevicebackup2, ${kind}`, async () => {
      const first = await stage.phone();
      const engine = await paired(first);
      const encryption = isEncrypted ? { encryption: 'on' as const, password } : { encryption: 'keep' as const };
      const entry = await engine.backup({ udid: first.udid, full: true, ...encryption }, run());
      await mkdir(stage.path('export'));
      const { path } = await engine.exportEntry({ entry: { udid: first.udid, id: entry.id }, folder: stage.path('export') }, run());
      const second = await secondPhone();
      const options = ['--system', '--settings', '--remove', ...(isEncrypted ? ['--password', password] : [])];
      await tool(second, '-s', first.udid, 'restore', ...options, dirname(path));
      assertEqual(first, second, isEncrypted);
    });

    it(`idevicebackup2's by us, ${kind}`, async () => {
      const first = await stage.phone();
      if (isEncrypted) await tool(first, 'encryption', 'on', password);
      await mkdir(stage.path('theirs'));
      await tool(first, 'backup', '--full', stage.path('theirs'));
      const second = await secondPhone();
      const engine = await paired(second);
      await engine.restore(
        {
          source: { folder: stage.path('theirs') }, udid: second.udid, password: isEncrypted ? password : undefined,
          options: { ...defaultRestoreOptions, preserveSettings: false, removeItemsNotRestored: true },
        },
        run(),
      );
      assertEqual(first, second, isEncrypted);
    });
  }

  it('goes on from the other\'s backup: the tool on an export of ours, we on an import of its', async () => {
    const phone = await stage.phone();
    const engine = await paired(phone);
    const entry = await engine.backup({ udid: phone.udid, full: true, encryption: 'keep' }, run());
    await mkdir(stage.path('out'));
    await engine.exportEntry({ entry: { udid: phone.udid, id: entry.id }, folder: stage.path('out') }, run());
    phone.phone.content.advance(3);
    assert.match(await tool(phone, 'backup', stage.path('out')), /Backup Successful/);
    const imported = await engine.importFolder({ folder: stage.path('out') }, run());
    assert.equal(imported.kind, 'imported');
    const next = await engine.backup({ udid: phone.udid, full: false, encryption: 'keep' }, run());
    assert.equal(next.kind, 'incremental');
    const report = await engine.verify({ level: 'bytes' }, run());
    assert.deepEqual(report.entries.map((each) => [each.record.result, each.damage]), [['good', []], ['good', []], ['good', []]]);
    for (const { entry: ref } of report.entries) {
      const { code, output } = await runTool('sh', ['-c', `cd "${join(stage.path('library'), ref.udid, ref.id)}" && sha256sum --strict --quiet -c checksums.sha256`], '');
      assert.equal(code, 0, output);
    }
  });
});
