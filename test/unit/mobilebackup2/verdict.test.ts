import assert from 'node:assert/strict';
import { Duplex } from 'node:stream';
import { runBackup } from '../../../src/mobilebackup2/index.ts';
import { PlistReal } from '../../../src/plist/index.ts';
import { hostError, CancelledError } from '../../../src/shared/errors.ts';
import { fullBackupSteps } from './support/full-backup.ts';
import { MemoryFolder } from './support/memory-folder.ts';
import { backupOver } from './support/replay.ts';
import { dataUnit, fileStream, message, openingBytes, statusPlist, udid } from './support/scripted-device.ts';
import { openSession, shortTimings, type Session } from './support/session.ts';

const status = (state: string) => [{ path: `${udid}/Status.plist`, units: [statusPlist(state)] }];

function start(session: Session, folder = new MemoryFolder()): ReturnType<typeof runBackup> {
  const running = runBackup(session.link, folder, { udid, full: false, onEvent: session.onEvent });
  running.catch(() => {});
  return running;
}

describe('the end of a conversation', () => {
  it('is the phone\'s error, with its own words', async () => {
    const session = await openSession();
    const running = start(session);
    const text = 'Device locked (MBErrorDomain/208)';
    await session.device.request();
    await session.device.respond(208, text);
    await assert.rejects(running, { kind: 'device', code: 'mb.208', deviceText: text });
  });

  it('is a cancellation when the phone says 202', async () => {
    const session = await openSession();
    const running = start(session);
    await session.device.request();
    await session.device.respond(202);
    await assert.rejects(running, { kind: 'cancelled', code: 'cancelled.device' });
  });

  it('is our full disk when the phone says 104 because of it, but the phone\'s lock when that was the cause', async () => {
    for (const [code, expected] of [[104, 'host.no-space'], [105, 'host.no-space'], [0, 'host.no-space'], [208, 'mb.208']] as const) {
      const session = await openSession();
      const folder = new MemoryFolder();
      folder.before = () => {
        throw hostError(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }), 'x');
      };
      const running = start(session, folder);
      await session.device.request();
      await session.device.ask('DLMessageCreateDirectory', udid, {});
      await session.device.respond(code);
      await assert.rejects(running, { code: expected });
    }
  });

  it('is unproven when the phone closes after 100 % and its last Status.plist, without a verdict', async () => {
    const session = await openSession();
    const running = start(session);
    await session.device.request();
    await session.device.upload(status('finished'), 100);
    session.device.socket.end();
    assert.deepEqual(await running.then(({ verdict, snapshotState }) => [verdict, snapshotState]), ['unproven', 'finished']);
  });

  it('is a lost connection when it closes at 100 % before that, or below 100 %', async () => {
    for (const [state, percent] of [['moving', 100], ['finished', 99]] as const) {
      const session = await openSession();
      const running = start(session);
      await session.device.request();
      await session.device.upload(status(state), percent);
      session.device.socket.end();
      await assert.rejects(running, { code: 'link.lost' });
    }
  });

  it('is a lost connection when the phone says goodbye without a verdict', async () => {
    const session = await openSession();
    const running = start(session);
    await session.device.request();
    await session.device.send('DLMessageDisconnect', 'bye');
    await assert.rejects(running, { code: 'link.lost' });
  });

  it('counts what the phone said before it closed, although our answer came too late', async () => {
    const said = [
      openingBytes,
      message(['DLMessageCreateDirectory', udid]),
      message(['DLMessageProcessMessage', { MessageName: 'Response', ErrorCode: 208 }]),
    ];
    let writes = 0;
    const socket = new Duplex({
      read() {
        const next = said.shift();
        if (next) this.push(next);
      },
      write(_chunk, _encoding, done) {
        // Versions, Hello and the request get through, the answer does not.
        done(++writes > 3 ? Object.assign(new Error('EPIPE'), { code: 'EPIPE' }) : null);
      },
    });
    const outcome = await backupOver(socket);
    assert.equal('code' in outcome && outcome.code, 'mb.208');
  });
});

describe('silence', () => {
  it('between operations has no limit while the phone is listed', async () => {
    let checks = 0;
    const session = await openSession({ timings: { ...shortTimings, listedCheck: 5 }, isDeviceListed: async () => ++checks > 0 });
    const running = start(session);
    await session.device.request();
    while (checks < 5) await new Promise((resolve) => setTimeout(resolve, 2));
    await session.device.respond(0);
    assert.equal((await running).verdict, 'success');
    await session.link.close();
  });

  it('ends with device.gone once it is missing twice in a row', async () => {
    const answers = [false, true, false, false];
    const session = await openSession({
      timings: { ...shortTimings, listedCheck: 5 },
      isDeviceListed: async () => answers.shift() ?? true,
    });
    const running = start(session);
    await session.device.request();
    await assert.rejects(running, { kind: 'connection', code: 'device.gone' });
    assert.deepEqual(answers, []);
  });

  it('of a muxer that cannot be asked counts as missing', async () => {
    const session = await openSession({
      timings: { ...shortTimings, listedCheck: 5 },
      isDeviceListed: () => Promise.reject(new Error('no muxer')),
    });
    const running = start(session);
    await session.device.request();
    await assert.rejects(running, { code: 'device.gone' });
  });

  const places = [
    ['before the first name', 0],
    ['inside a name', 6],
    ['inside a file', 60],
  ] as const;
  for (const [what, length] of places) {
    it(`${what} ends with link.silent`, async () => {
      const session = await openSession({ timings: shortTimings });
      const running = start(session);
      await session.device.request();
      await session.device.send('DLMessageUploadFiles', {}, new PlistReal(1), 0);
      const stream = Buffer.concat([
        Buffer.of(0, 0, 0, 2),
        Buffer.from('/a'),
        Buffer.of(0, 0, 0, 2),
        Buffer.from('a/'),
        Buffer.of(0, 0, 1, 0, 12),
        Buffer.alloc(100),
      ]);
      await session.device.write(stream.subarray(0, length));
      await assert.rejects(running, { kind: 'connection', code: 'link.silent' });
    });
  }

  it('of a phone that does not read ends with link.silent', async () => {
    const session = await openSession({ timings: shortTimings });
    const folder = new MemoryFolder();
    folder.files.set('big', Buffer.alloc(4 << 20));
    const running = start(session, folder);
    await session.device.request();
    await session.device.send('DLMessageDownloadFiles', ['big'], {}, new PlistReal(1), 0);
    session.device.socket.pause();
    await assert.rejects(running, { code: 'link.silent' });
  });
});

describe('cancelling', () => {
  it('works while the phone is silent, says goodbye, and ends the socket', async () => {
    const cancel = new AbortController();
    const session = await openSession({ signal: cancel.signal, timings: shortTimings });
    const running = start(session);
    await session.device.request();
    cancel.abort();
    await assert.rejects(running, { kind: 'cancelled', code: 'cancelled.host' });
    assert.equal(await session.device.goodbye(), 'DLMessageDisconnect');
    await session.device.ended();
  });

  it('keeps the reason of a cancel on the phone', async () => {
    const cancel = new AbortController();
    const session = await openSession({ signal: cancel.signal, timings: shortTimings });
    const running = start(session);
    await session.device.request();
    cancel.abort(new CancelledError('cancelled.device', 'Cancelled on the device'));
    await assert.rejects(running, { code: 'cancelled.device' });
  });

  it('works inside a file, and drops it', async () => {
    const cancel = new AbortController();
    const session = await openSession({ signal: cancel.signal, timings: shortTimings });
    const folder = new MemoryFolder();
    const running = start(session, folder);
    let chunks = 0;
    folder.before = (call) => {
      if (call.startsWith('data') && ++chunks === 3) cancel.abort();
    };
    await session.device.request();
    await session.device.send('DLMessageUploadFiles', {}, new PlistReal(1), 0);
    await session.device.write(fileStream([{ path: `${udid}/x`, units: [] }]).subarray(0, -9));
    for (let n = 0; n < 10; n++) await session.device.write(dataUnit(Buffer.alloc(50_000))).catch(() => {});
    await assert.rejects(running, { code: 'cancelled.host' });
    assert.ok(folder.calls.includes(`discard ${udid}/x`));
    assert.ok(!folder.files.has(`${udid}/x`));
  });

  it('works before each operation of a backup', async () => {
    const count = fullBackupSteps((await openSession()).device).length;
    for (let position = 0; position < count; position++) {
      const cancel = new AbortController();
      const session = await openSession({ signal: cancel.signal, timings: shortTimings });
      const running = start(session);
      await session.device.request();
      for (const step of fullBackupSteps(session.device).slice(0, position)) await step();
      cancel.abort();
      await assert.rejects(running, { code: 'cancelled.host' }, `before operation ${position}`);
    }
  });
});
