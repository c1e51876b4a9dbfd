import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readPlist, type PlistDict } from '../../src/plist/index.ts';
import type { JobEvent } from '../../src/shared/job-events.ts';
import { Stage, run, type StagedPhone } from './support/stage.ts';
import { hashTree, runTool } from './support/tools.ts';

describe('our backup beside idevicebackup2\'s', function () {
  this.timeout(180_000);
  let stage: Stage;
  beforeEach(async () => (stage = await Stage.open()));
  afterEach(() => stage.close());

  async function ours(phone: StagedPhone, library: string) {
    const engine = stage.engine(phone, library);
    await engine.pair({ udid: phone.udid, patience: 60_000 }, run());
    const entry = await engine.backup({ udid: phone.udid, full: true, encryption: 'keep' }, run());
    return { entry, folder: join(entry.path, phone.udid) };
  }

  async function theirs(phone: StagedPhone, folder: string): Promise<string> {
    await mkdir(stage.path(folder));
    const { code, output } = await runTool('idevicebackup2', ['-u', phone.udid, 'backup', '--full', stage.path(folder)], phone.address);
    assert.equal(code, 0, output);
    return stage.path(folder, phone.udid);
  }

  it('holds the same files with the same bytes; Info.plist differs by what Finder writes and the tool does not', async () => {
    const mine = await hashTree((await ours(await stage.phone(), 'a')).folder);
    const other = await hashTree(await theirs(await stage.phone(), 'b'));
    assert.deepEqual([...mine.keys()], [...other.keys()]);
    assert.ok(mine.size > 50);
    const differing = [...mine.keys()].filter((name) => mine.get(name) !== other.get(name));
    const byDate = ['Manifest.plist', 'Status.plist'];
    assert.deepEqual(differing.filter((name) => !byDate.includes(name)), ['Info.plist']);
  });

  it('has an Info.plist with every key of the tool\'s, equal but for time and random id', async () => {
    const mine = await info((await ours(await stage.phone(), 'a')).folder);
    const other = await info(await theirs(await stage.phone(), 'b'));
    const missing = Object.keys(other).filter((key) => !(key in mine));
    assert.deepEqual(missing, []);
    const changing = ['GUID', 'Last Backup Date'];
    for (const key of Object.keys(other).filter((each) => !changing.includes(each))) assert.deepEqual(mine[key], other[key], key);
    assert.deepEqual(Object.keys(mine).filter((key) => !(key in other)), ['IMEI 2', 'Product Name']);
  });

  it('has checksums that sha256sum agrees with', async () => {
    const { folder } = await ours(await stage.phone(), 'a');
    const list = join(dirname(folder), 'checksums.sha256');
    assert.equal((await readFile(list, 'utf8')).trim().split('\n').length, (await hashTree(folder)).size);
    const { code, output } = await runTool('sh', ['-c', `cd "${dirname(folder)}" && sha256sum --strict --quiet -c checksums.sha256`], '');
    assert.equal(code, 0, output);
  });

  it('says that encryption is a lasting setting before it changes the phone', async () => {
    const phone = await stage.phone();
    const engine = stage.engine(phone);
    await engine.pair({ udid: phone.udid, patience: 60_000 }, run());
    const settings: [string, boolean][] = [];
    const isOn = async (): Promise<boolean> => (await engine.devices())[0]?.encryption === 'on';
    const events = run();
    const listener = (event: JobEvent): void => {
      events.listener(event);
      if (event.type === 'notice' && event.notice.code.startsWith('encryption-')) settings.push([event.notice.code, phone.phone.agentMemory.backupPassword !== undefined]);
    };
    await engine.backup({ udid: phone.udid, full: false, encryption: 'on', password: 'correct horse' }, { signal: events.signal, listener });
    assert.deepEqual(settings, [['encryption-begins', false], ['encryption-changed', true]]);
    assert.equal(await isOn(), true);
  });

  it('is kept, but not without a word, when the given password does not open it', async () => {
    const phone = await stage.phone();
    const engine = stage.engine(phone);
    await engine.pair({ udid: phone.udid, patience: 60_000 }, run());
    await engine.changeEncryption({ udid: phone.udid, action: 'on', newPassword: 'correct horse' }, run());
    const told = async (password: string): Promise<boolean> => {
      const { events, ...job } = run();
      const entry = await engine.backup({ udid: phone.udid, full: false, encryption: 'keep', password }, job);
      assert.equal(entry.isEncrypted, true);
      return events.some((event) => event.type === 'notice' && event.notice.code === 'password-wrong');
    };
    assert.deepEqual([await told('battery staple'), await told('correct horse')], [true, false]);
  });

  async function info(folder: string): Promise<PlistDict> {
    return readPlist(await readFile(join(folder, 'Info.plist'))) as PlistDict;
  }
});
