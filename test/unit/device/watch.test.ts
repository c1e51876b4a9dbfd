import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DeviceSummary, watchDevices } from '../../../src/device/index.ts';
import { encodeMuxFrame } from '../../../src/device/mux/frame.ts';
import type { PlistDict } from '../../../src/plist/index.ts';
import { FakeLockdown, lockdownReply, savedRecord } from './fake-lockdown.ts';
import { FakeMuxer, attached, result, testUdid } from './fake-muxer.ts';

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !condition(); i++) await sleep(20);
  assert.ok(condition(), 'it never came');
}

class Watcher {
  readonly lists: (readonly DeviceSummary[])[] = [];
  readonly errors: string[] = [];
  readonly #watch: { dispose(): void };

  constructor(muxer: string, interval = 50) {
    const onChange = (devices: readonly DeviceSummary[]): void => void this.lists.push(devices);
    const onError = (error: unknown): void => void this.errors.push((error as { code: string }).code);
    this.#watch = watchDevices({ onChange, onError }, { muxer, interval });
  }

  get last(): readonly DeviceSummary[] | undefined {
    return this.lists.at(-1);
  }

  [Symbol.dispose](): void {
    this.#watch.dispose();
  }
}

/** A muxer that tells listeners of `entries`, and later of events. */
function listenable(muxer: FakeMuxer, entries: readonly PlistDict[]): { readonly tell: (event: PlistDict) => void } {
  const listeners: Socket[] = [];
  muxer.handlers['Listen'] = (_, socket) => {
    listeners.push(socket);
    setImmediate(() => entries.forEach((entry) => socket.write(encodeMuxFrame(entry, 0))));
    return result(0);
  };
  return { tell: (event) => listeners.forEach((socket) => socket.write(encodeMuxFrame(event, 0))) };
}

describe('watching phones', () => {
  it('tells of attach, lock, encryption, trust and detach', async () => {
    await using muxer = await FakeMuxer.start();
    const phone = new FakeLockdown(muxer);
    phone.values = { '/DeviceName': 'Anna', '/PasswordProtected': true };
    const { tell } = listenable(muxer, []);
    using watcher = new Watcher(muxer.address);
    await until(() => watcher.lists.length === 1);
    assert.deepEqual(watcher.last, []);
    tell(attached(7));
    await until(() => watcher.last?.[0]?.name === 'Anna' && watcher.last[0].isLocked === true);
    phone.values['/PasswordProtected'] = false;
    await until(() => watcher.last?.[0]?.isLocked === false);
    phone.values['com.apple.mobile.backup/WillEncrypt'] = true;
    await until(() => watcher.last?.[0]?.encryption === 'on');
    assert.equal(phone.sessions, 1);
    phone.handlers['StartSession'] = () => lockdownReply('StartSession', { Error: 'InvalidHostID' });
    for (const socket of muxer.sockets) if (socket.bytesWritten > 2_000) socket.destroy();
    await until(() => watcher.last?.[0]?.trust === 'forgotten');
    tell({ MessageType: 'Detached', DeviceID: 7 });
    await until(() => watcher.last?.length === 0);
    assert.deepEqual(watcher.errors, []);
  });

  it('sees at once that another program paired', async () => {
    await using muxer = await FakeMuxer.start();
    new FakeLockdown(muxer, false);
    const { tell } = listenable(muxer, [attached(7)]);
    using watcher = new Watcher(muxer.address, 60_000);
    await until(() => watcher.last?.[0]?.trust === 'not-paired');
    muxer.pairRecords.set(testUdid, savedRecord());
    tell({ MessageType: 'Paired', DeviceID: 7 });
    await until(() => watcher.last?.[0]?.trust === 'trusted');
  });

  it('is not stopped by one phone that hangs', async () => {
    await using muxer = await FakeMuxer.start();
    const hanging = 'c'.repeat(40);
    new FakeLockdown(muxer).values = { '/DeviceName': 'Anna' };
    const connect = muxer.handlers['Connect'];
    muxer.handlers['Connect'] = (message, socket) => (message['DeviceID'] === 8 ? 'silence' : (connect?.(message, socket) ?? 'close'));
    listenable(muxer, [attached(7), attached(8, { SerialNumber: hanging })]);
    using watcher = new Watcher(muxer.address);
    await until(() => watcher.last?.length === 2);
    assert.deepEqual(watcher.last?.map((each) => [each.udid, each.name, each.trust]), [
      [testUdid, 'Anna', 'trusted'],
      [hanging, undefined, 'unknown'],
    ]);
  });

  it('says that there is no muxer, never that there are no phones', async () => {
    using watcher = new Watcher('/nowhere/usbmuxd');
    await until(() => watcher.errors.length > 0);
    assert.deepEqual([watcher.errors[0], watcher.lists], ['mux.missing', []]);
  });

  it('refuses an address that it does not understand', () => {
    assert.throws(() => new Watcher('nonsense'), { code: 'mux.bad-address' });
  });

  it('says nothing after it was disposed', async () => {
    await using muxer = await FakeMuxer.start();
    new FakeLockdown(muxer);
    listenable(muxer, [attached(7)]);
    const watcher = new Watcher(muxer.address);
    watcher[Symbol.dispose]();
    await sleep(300);
    assert.deepEqual([watcher.lists, watcher.errors], [[], []]);
  });
});
