import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commands } from '../../src/cli/commands.ts';
import type { HistoryEntry } from '../../src/library/types.ts';
import { jsonLines, resultOf, runCli, type CliResult } from './support/cli.ts';
import { Stage, run, type StagedPhone } from './support/stage.ts';

describe('exit codes and help of iphone-backup', function () {
  this.timeout(180_000);
  let stage: Stage;
  let phone: StagedPhone;
  before(async () => {
    stage = await Stage.open();
    phone = await stage.phone({ spec: { kind: 'files', files: 5, bytes: 50_000 } });
    await stage.engine(phone).pair({ udid: phone.udid, patience: 60_000 }, run());
  });
  after(() => stage.close());
  beforeEach(() => phone.phone.setMoods({ setupUnfinished: false, scanTime: 0 }));

  const cli = (...args: string[]): Promise<CliResult> =>
    runCli([...args, '--json', '--library', stage.path('library')], { env: { USBMUXD_SOCKET_ADDRESS: phone.address } });

  /** Exit code, code of the failure line, and one sentence on standard error. */
  function expect(ended: CliResult, code: number, failure: string): void {
    const [line] = jsonLines(ended).filter(({ type }) => type === 'failure');
    assert.deepEqual([ended.code, line?.['code']], [code, failure], ended.stderr);
    assert.match(ended.stderr, new RegExp(`\\[${failure.replaceAll('.', '\\.')}`));
    assert.doesNotMatch(ended.stderr, /\n\s+at /);
  }

  it('each command has its help, and one for all', async () => {
    const all = await runCli(['--help']);
    assert.deepEqual([all.code, all.stderr], [0, '']);
    const each = await Promise.all(commands.map((command) => runCli([command.name, '--help'])));
    for (const [index, { code, stdout, stderr }] of each.entries()) {
      const name = commands[index]?.name ?? '';
      assert.deepEqual([code, stderr], [0, ''], name);
      assert.match(stdout, new RegExp(`^Usage: iphone-backup ${name}\\b`));
      assert.match(all.stdout, new RegExp(`^  ${name} `, 'm'));
    }
  });

  it('2: the command line was not understood', async () => {
    for (const args of [['bakcup'], ['backup', '--fulll'], ['backup', '--usb', '--wifi'], ['encryption'], ['delete'], ['verify', 'no-such-entry']]) {
      const { code, stderr } = await cli(...args);
      assert.deepEqual([code, stderr.trim().split('\n').length], [2, 1], stderr);
    }
  });

  it('3: the device refused', async () => {
    phone.phone.setMoods({ setupUnfinished: true });
    expect(await cli('backup'), 3, 'mb.212');
  });

  it('3 or 6: what forbids a restore lies in the device, or in the backup', async () => {
    const forbidden = async (): Promise<readonly [number | null, unknown]> => {
      const ended = await cli('restore', 'latest', '--yes');
      const [finding] = jsonLines(ended).filter(({ type, severity }) => type === 'finding' && severity === 'blocker');
      return [ended.code, finding?.['code']];
    };
    const { path } = resultOf(await cli('backup'))['entry'] as HistoryEntry;
    phone.phone.setMoods({ findMy: true });
    assert.deepEqual(await forbidden(), [3, 'restore.find-my']);
    phone.phone.setMoods({ findMy: false });
    const name = (await readdir(join(path, phone.udid), { recursive: true })).find((each) => /\/[0-9a-f]{40}$/.test(each)) ?? '';
    await rm(join(path, phone.udid, name));
    assert.deepEqual(await forbidden(), [6, 'restore.missing-files']);
    await rm(path, { recursive: true });
  });

  it('4: no muxer, no device', async () => {
    expect(await cli('devices', '--muxer', '127.0.0.1:1'), 4, 'mux.refused');
    expect(await cli('devices', '--muxer', `UNIX:${stage.path('nothing')}`), 4, 'mux.missing');
    expect(await cli('devices', '--muxer', 'nonsense'), 4, 'mux.bad-address');
    expect(await cli('backup', '--udid', '00000000-0000000000000000'), 4, 'device.gone');
  });

  it('5: this computer refused', async () => {
    await writeFile(stage.path('a-file'), '');
    const open = (...parts: string[]) => runCli(['history', '--json', '--library', stage.path(...parts)]);
    expect(await open('a-file', 'library'), 5, 'host.not-a-folder');
    expect(await open('a-file'), 5, 'host.not-a-folder');
    expect(await open('no-such-folder', 'library'), 5, 'host.missing');
  });

  it('0, with a warning before the backup when the folder is a bad place', async () => {
    await mkdir(stage.path('Dropbox'));
    const { code, stderr } = await runCli(['backup', '--library', stage.path('Dropbox', 'library')], { env: { USBMUXD_SOCKET_ADDRESS: phone.address } });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^Warning: The backup folder is synchronised with Dropbox\. Choose a folder that stays on this computer\./);
    const listed = await runCli(['history', '--library', stage.path('Dropbox', 'library')]);
    assert.match(listed.stderr, /^Warning: .*Dropbox/);
  });

  it('6: data is damaged, and which', async () => {
    const { path } = resultOf(await cli('backup'))['entry'] as HistoryEntry;
    const name = (await readdir(join(path, phone.udid), { recursive: true })).find((each) => /\/[0-9a-f]{40}$/.test(each)) ?? '';
    const file = join(path, phone.udid, name);
    const bytes = await readFile(file);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await chmod(file, 0o600);
    await writeFile(file, bytes);
    const { code, stdout } = await runCli(['verify', '--library', stage.path('library')]);
    assert.deepEqual([code, stdout.includes('DAMAGED: 1 files'), stdout.includes(name)], [6, true, true], stdout);
    assert.match(stdout, /Note: Damaged files may come back.*Make a full backup/);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`7: cancelled by ${signal}, and what arrived is kept`, async () => {
      phone.phone.setMoods({ scanTime: 60_000 });
      let isSent = false;
      const ended = await runCli(['backup', '--json', '--library', stage.path('cancelled')], {
        env: { USBMUXD_SOCKET_ADDRESS: phone.address },
        onLine: (line, child) => {
          if (isSent || !line.includes('"scanning"')) return;
          isSent = true;
          child.kill(signal);
        },
      });
      expect(ended, 7, 'cancelled.host');
      assert.match(ended.stderr, /Cancelling; press Ctrl-C again to stop at once/);
      assert.ok((await readdir(stage.path('cancelled', phone.udid))).includes('.draft'));
    });
  }
});
