import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DeviceSummary } from '../../src/device/types.ts';
import type { DeleteResult, History } from '../../src/jobs/api.ts';
import type { HistoryEntry } from '../../src/library/types.ts';
import { jsonLines, resultOf, runCli, type CliOptions, type CliResult } from './support/cli.ts';
import { runTool } from './support/tools.ts';

const oldPassword = 'first pass phrase';
const newPassword = 'second pass phrase';

/** What a person does from the first backup to the last, each step a process; later steps use what earlier ones left. */
describe('iphone-backup, command by command', function () {
  this.timeout(180_000);
  let folder: string;
  let virtual: ChildProcess;
  let answers: AsyncIterator<string>;
  let address: string;
  let [first, second]: [string, string] = ['', ''];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cli-'));
    const options = ['--devices', '2', '--content', 'files=9,bytes=300000', '--iterations', '1000,100', '--ios', '18.5', '--tls13', '--control'];
    virtual = spawn(process.execPath, ['src/cli.ts', 'virtual', ...options], { stdio: ['pipe', 'pipe', 'ignore'] });
    assert.ok(virtual.stdout);
    answers = createInterface({ input: virtual.stdout })[Symbol.asyncIterator]();
    address = String((await answers.next()).value).split('=')[1] ?? '';
  });
  after(async () => {
    virtual.stdin?.end('quit\n');
    if (virtual.exitCode === null) await once(virtual, 'exit');
    await rm(folder, { recursive: true, force: true });
  });

  const cli = (args: readonly string[], options: CliOptions = {}): Promise<CliResult> =>
    runCli([...args, '--library', join(folder, 'library')], { ...options, env: { USBMUXD_SOCKET_ADDRESS: address, ...options.env } });

  async function done(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
    const ended = await cli(args, options);
    assert.equal(ended.code, 0, `${args.join(' ')}: ${ended.stdout}${ended.stderr}`);
    return ended;
  }

  async function fails(code: number, args: readonly string[], words: RegExp, options: CliOptions = {}): Promise<CliResult> {
    const ended = await cli(args, options);
    assert.deepEqual([ended.code, words.test(ended.stderr)], [code, true], `${args.join(' ')}: ${ended.stdout}${ended.stderr}`);
    return ended;
  }

  async function tell(line: string): Promise<void> {
    virtual.stdin?.write(`${line}\n`);
    assert.equal((await answers.next()).value, 'ok');
  }

  const history = async (): Promise<History> => resultOf(await done(['history', '--json'])) as unknown as History;

  it('devices', async () => {
    const devices = resultOf(await done(['devices', '--json']))['devices'] as DeviceSummary[];
    assert.deepEqual(devices.map((device) => [device.iosVersion, device.connections, device.isVirtual]), devices.map(() => ['18.5', ['usb'], true]));
    assert.equal(devices.length, 2);
    [first, second] = devices.map((device) => device.udid) as [string, string];
    const table = (await done(['devices'])).stdout.trim().split('\n');
    assert.deepEqual(table.map((line) => line.split(/\s/)[0]), [first, second]);
  });

  it('pair', async () => {
    await done(['pair', '--udid', second]);
    assert.match((await done(['devices'])).stdout, /not paired[^]*trusted.*encryption off/);
  });

  it('backup, of a device that is asked to trust this computer first', async () => {
    const ended = await done(['backup', '--udid', first, '--json']);
    assert.doesNotMatch((await done(['devices'])).stdout, /not paired/);
    const types = jsonLines(ended).map((line) => String(line['type']));
    assert.ok(types.slice(0, -1).every((type) => type === 'notice' || type === 'progress') && types.includes('progress'));
    const entry = resultOf(ended)['entry'] as HistoryEntry;
    assert.deepEqual([entry.udid, entry.kind, entry.files, entry.isComplete], [first, 'full', 9, true]);
    await tell('advance 1');
    const plain = await done(['backup', '--udid', first]);
    assert.match(plain.stdout, /^Backed up .*, 9 files, /);
    assert.match(plain.stderr, /\n/);
  });

  it('history and verify', async () => {
    const { entries, drafts } = await history();
    assert.deepEqual([entries.map((entry) => entry.kind), drafts], [['incremental', 'full'], []]);
    const { stdout } = await done(['verify']);
    assert.deepEqual(stdout.trim().split('\n'), entries.map((entry) => `${entry.id}  good`).toSorted().reverse());
    const rows = (await done(['history'])).stdout.trim().split('\n');
    assert.equal(rows.length, 2);
    for (const row of rows) assert.match(row, /iOS \d.*(full|incremental) .*\d files .* own [\d.]+ [KM]B .* \d+ s .*verified \d{4}-\d\d-\d\d/);
    for (const { path } of entries) {
      const { code, output } = await runTool('sh', ['-c', `cd "${path}" && sha256sum --strict --quiet -c checksums.sha256`], '');
      assert.equal(code, 0, output);
    }
  });

  it('restore to the second device', async () => {
    await fails(2, ['restore', 'latest', '--udid', second], /--yes/);
    const { stdout } = await done(['restore', 'latest', '--udid', second, '--yes', '--settings', '--remove']);
    assert.match(stdout, /^Restored \d+ files, .* The device has restarted\.$/m);
  });

  it('delete and undo', async () => {
    const [newest] = (await history()).entries;
    assert.ok(newest);
    const { trashId } = resultOf(await done(['delete', newest.id, '--json'])) as unknown as DeleteResult;
    const { entries, trash } = await history();
    assert.deepEqual([entries.length, trash.length], [1, 1]);
    assert.match((await done(['history'])).stdout, new RegExp(`In the trash: ${newest.id}, .*delete --undo ${trashId}"`));
    await done(['delete', '--undo', trashId]);
    assert.equal((await history()).entries[0]?.id, newest.id);
    await done(['delete', newest.id]);
    assert.match((await done(['delete', '--empty-trash'])).stdout, /^Freed /);
    assert.deepEqual((await history()).trash, []);
  });

  it('export and import', async () => {
    const out = join(folder, 'out');
    await mkdir(out);
    await done(['export', 'latest', out]);
    assert.deepEqual(await readdir(out), [first]);
    const entry = resultOf(await done(['import', out, '--json']))['entry'] as HistoryEntry;
    assert.deepEqual([entry.kind, entry.files], ['imported', 9]);
    assert.match((await done(['verify', entry.id])).stdout, /good/);
  });

  it('encryption on, change and off, with passwords that are seen nowhere', async () => {
    let seen = '';
    const look = async (line: string, child: ChildProcess): Promise<void> => {
      if (line === '' || child.pid === undefined) return;
      for (const file of ['cmdline', 'environ']) seen += await readFile(`/proc/${child.pid}/${file}`, 'latin1').catch(() => '');
    };
    const options = { onLine: (line: string, child: ChildProcess) => void look(line, child) };
    const runs = [
      await done(['encryption', 'on', '--udid', first, '--json'], { ...options, input: `${oldPassword}\n` }),
      await done(['backup', '--encrypted', '--udid', first, '--json'], options),
      await done(['verify', 'latest', '--unlock', '--json'], { ...options, input: `${oldPassword}\n` }),
      await done(['encryption', 'change', '--udid', first, '--json'], { ...options, input: `${oldPassword}\n${newPassword}\n` }),
      await fails(3, ['encryption', 'off', '--udid', first], /password/i, { input: `${oldPassword}\n` }),
      await fails(6, ['verify', 'latest', '--unlock'], /password/i, { input: 'a wrong one\n' }),
      await fails(2, ['encryption', 'off', '--udid', first], /needed on a terminal/),
      await done(['encryption', 'off', '--udid', first], { ...options, input: `${newPassword}\n` }),
    ];
    assert.ok(seen.includes('encryption\0on'), 'the arguments of the running processes were seen');
    const all = seen + runs.map((ended) => ended.stdout + ended.stderr).join('');
    for (const password of [oldPassword, newPassword]) assert.ok(!all.includes(password));
    assert.equal((await history()).entries[0]?.isEncrypted, true);
  });
});
