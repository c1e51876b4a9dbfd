import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttachedDevice, MuxClient, listenToMuxer } from '../../../../src/device/index.ts';
import { encodeMuxFrame } from '../../../../src/device/mux/frame.ts';
import { FakeMuxer, attached, muxFrame, result, testUdid } from '../fake-muxer.ts';
import type { Socket } from 'node:net';

interface Heard {
  readonly lists: (readonly AttachedDevice[])[];
  readonly errors: string[];
  readonly paired: string[];
  stop(): Promise<void>;
}

function listen(address: string): Heard {
  const stop = new AbortController();
  const heard = { lists: [] as (readonly AttachedDevice[])[], errors: [] as string[], paired: [] as string[] };
  const listener = {
    onDevices: (devices: readonly AttachedDevice[]) => heard.lists.push(devices),
    onPaired: (udid: string) => heard.paired.push(udid),
    onError: (error: unknown) => heard.errors.push((error as { code: string }).code),
  };
  const ended = listenToMuxer(MuxClient.at(address), listener, stop.signal);
  return { ...heard, stop: () => (stop.abort(), ended) };
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await sleep(20);
  assert.ok(condition(), 'it never came');
}

describe('listening to the muxer', () => {
  it('tells of phones as they come and go', async () => {
    await using muxer = await FakeMuxer.start();
    let client: Socket | undefined;
    muxer.handlers['Listen'] = (_, socket) => ((client = socket), result(0));
    const heard = listen(muxer.address);
    await until(() => heard.lists.length === 1);
    assert.deepEqual(heard.lists[0], []);
    client?.write(Buffer.concat([encodeMuxFrame(attached(7), 0), encodeMuxFrame(attached(8, { ConnectionType: 'Network' }), 0)]));
    await until(() => heard.lists.length === 2);
    assert.deepEqual(heard.lists[1]?.map((each) => [each.udid, each.connections]), [[testUdid, ['usb', 'network']]]);
    client?.write(encodeMuxFrame({ MessageType: 'Paired', DeviceID: 7 }, 0));
    client?.write(encodeMuxFrame({ MessageType: 'Detached', DeviceID: 7 }, 0));
    await until(() => heard.lists.length === 3);
    assert.deepEqual(heard.lists[2]?.map((each) => each.connections), [['network']]);
    assert.deepEqual(heard.paired, [testUdid]);
    await heard.stop();
  });

  it('connects again after the muxer left, and tells both', async () => {
    await using muxer = await FakeMuxer.start();
    muxer.handlers['Listen'] = (_, socket) => {
      setTimeout(() => socket.destroy(), 150);
      return Buffer.concat([muxFrame(encodeMuxFrame({ MessageType: 'Result', Number: 0 }, 1).subarray(16), 1), encodeMuxFrame(attached(7), 0)]);
    };
    const heard = listen(muxer.address);
    await until(() => heard.lists.length >= 2);
    assert.deepEqual(heard.errors, ['link.lost']);
    assert.equal(heard.lists[1]?.length, 1);
    await heard.stop();
  });

  it('names a muxer that is not there, one that refuses, and one that talks nonsense', async () => {
    const missing = listen('/nowhere/usbmuxd');
    await until(() => missing.errors.length > 0);
    await missing.stop();
    assert.equal(missing.errors[0], 'mux.missing');
    await using muxer = await FakeMuxer.start();
    muxer.handlers['Listen'] = () => result(1);
    const refused = listen(muxer.address);
    await until(() => refused.errors.length > 0);
    await refused.stop();
    assert.equal(refused.errors[0], 'mux.protocol');
    assert.deepEqual(refused.lists, []);
  });
});
