import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import { UsageError } from '../../../src/cli/command.ts';
import { virtualOptions } from '../../../src/cli/virtual-options.ts';
import { virtualCommand } from '../../../src/cli/virtual.ts';
import { calmMoods } from '../../../src/virtual-iphone/state/moods.ts';
import { miniPassword, writeMiniBackup } from '../virtual-iphone/content/mini-backup.ts';
import { MuxHost } from '../virtual-iphone/host.ts';
import type { PlistDict } from '../../../src/plist/index.ts';

describe('iphone-backup virtual', () => {
  const stops: AbortController[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop.abort();
  });

  function start(...args: string[]) {
    const stop = new AbortController();
    stops.push(stop);
    const io = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough(), env: {}, signal: stop.signal };
    const ended = virtualCommand.run(['--content', 'files=0,bytes=0', ...args], io);
    const lines = createInterface({ input: io.stdout })[Symbol.asyncIterator]();
    const line = async (): Promise<string> => String((await lines.next()).value);
    const tell = (text: string): Promise<string> => {
      io.stdin.write(`${text}\n`);
      return line();
    };
    return { ended, line, tell, stop, io };
  }

  async function devices(address: string): Promise<PlistDict[]> {
    const host = new MuxHost({ mux: { port: Number(address.split(':')[1]) } } as ConstructorParameters<typeof MuxHost>[0]);
    const reply = await host.ask({ MessageType: 'ListDevices' });
    host.socket.destroy();
    return reply['DeviceList'] as PlistDict[];
  }

  it('prints its address, serves, and ends well when it is interrupted', async () => {
    const running = start('--devices', '2', '--wifi');
    const address = /^USBMUXD_SOCKET_ADDRESS=(127\.0\.0\.1:\d+)$/.exec(await running.line())?.[1] ?? '';
    assert.equal((await devices(address)).length, 4);
    running.stop.abort();
    assert.equal(await running.ended, 0);
    await assert.rejects(devices(address));
  });

  it('obeys lines on standard input and ends with it', async () => {
    const running = start('--control', '--devices', '2', '--name', 'First');
    const address = (await running.line()).split('=')[1] ?? '';
    assert.equal(await running.tell('mood passcode=ignored'), 'ok');
    assert.match(await running.tell('status'), /^ok \{.*"name":"First".*"passcode":"ignored"/);
    assert.match(await running.tell('2 status'), /"name":"First 2"/);
    assert.equal(await running.tell('2 detach'), 'ok');
    assert.equal((await devices(address)).length, 1);
    assert.equal(await running.tell('2 attach'), 'ok');
    assert.equal((await devices(address)).length, 2);
    assert.equal(await running.tell('passcode'), 'error The phone asks for no passcode');
    assert.match(await running.tell('mood cheer=1'), /^error There is no mood 'cheer'/);
    assert.match(await running.tell('dance'), /^error There is no command 'dance'/);
    assert.match(await running.tell('9 lock'), /^error There is no phone 9/);
    running.io.stdin.end();
    assert.equal(await running.ended, 0);
  });

  it('ends at quit', async () => {
    const running = start('--control');
    await running.line();
    running.io.stdin.write('quit\n');
    assert.equal(await running.ended, 0);
  });

  it('tells of every option, mood, fault and content in its help', () => {
    const { help } = virtualCommand;
    for (const option of Object.keys(virtualOptions)) assert.match(help, new RegExp(`^  (?:--.+, )?--${option}\\b`, 'm'), option);
    for (const mood of Object.keys(calmMoods)) assert.match(help, new RegExp(`^  ${mood}=`, 'm'));
    for (const word of ['tiny', 'small', 'demo', 'files=N,bytes=M', 'even', 'goodbye', 'file-error', 'deep-plist', 'UploadFiles:chunk']) assert.ok(help.includes(word), word);
    assert.ok(help.split('\n').every((line) => line.length <= 130), 'for a terminal of usual width');
  });

  it('says in a sentence what it cannot take', async () => {
    const refused: [string[], RegExp][] = [
      [['--port', '70000'], /--port takes a number/],
      [['--ios', 'new'], /--ios cannot be 'new'/],
      [['--udid', '../x'], /--udid cannot be/],
      [['--clock', 'noon'], /--clock takes a date/],
      [['--iterations', '5'], /--iterations takes two numbers/],
      [['--mood', 'sad=yes'], /no mood 'sad'/],
      [['--from-backup', '/nowhere'], /is not a backup|Choose one/],
      [['--devices', '2', '--udid', '0'.repeat(40)], /several devices/],
      [['--nonsense'], /nonsense/],
      [['extra'], /extra/],
    ];
    for (const [args, pattern] of refused) {
      await assert.rejects(start(...args).ended, (error: unknown) => error instanceof UsageError && pattern.test(error.message), args.join(' '));
    }
  });

  it('says which port, socket or folder it cannot have', async () => {
    const running = start();
    const port = (await running.line()).split(':')[1] ?? '';
    const folder = mkdtempSync(join(tmpdir(), 'virtual-command-'));
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const refused: [string[], string][] = [
      [['--port', port], `Port ${port} is used by another program; choose another with --port, or leave it out for any free one`],
      [['--socket', file], `--socket cannot be '${file}' (EADDRINUSE)`],
      [['--pair-records', file], `'${file}' cannot be used (EEXIST)`],
    ];
    for (const [args, message] of refused) await assert.rejects(start(...args).ended, { name: 'UsageError', message });
    rmSync(folder, { recursive: true });
  });

  it('tells a wrong password from a damaged backup', async () => {
    const folder = writeMiniBackup([{ domain: 'HomeDomain', path: '', mode: 0o040755 }], true);
    const serve = (password: string): Promise<number> => {
      const io = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough(), env: {}, signal: AbortSignal.abort() };
      io.stdin.end(`${password}\n`);
      return virtualCommand.run(['--from-backup', folder], io);
    };
    assert.equal(await serve(miniPassword), 0);
    await assert.rejects(serve('wrong'), { kind: 'data', code: 'data.password' });
    truncateSync(join(folder, 'Manifest.db'), 100);
    await assert.rejects(serve(miniPassword), { kind: 'data', code: 'data.manifest' });
    rmSync(folder, { recursive: true });
  });
});
