import assert from 'node:assert/strict';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { once } from 'node:events';
import { answerHeartbeat } from '../../../../src/device/services/heartbeat.ts';
import { type LockdownAnswer, sendPlist, servePlists } from '../fake-lockdown.ts';

/** What the host answered to `beats`, once it has ended. */
async function answers(beats: readonly LockdownAnswer[]): Promise<unknown[]> {
  const heard: unknown[] = [];
  const server = createServer((socket) => {
    servePlists(socket, (message) => (heard.push(message['Command']), 'silence'));
    for (const beat of beats) sendPlist(socket, beat);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket: Socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await answerHeartbeat(socket);
  server.close();
  await once(server, 'close');
  return heard;
}

describe('the heartbeat', () => {
  it('is answered until the phone goes to sleep', async () => {
    assert.deepEqual(await answers([{ Command: 'Marco', Interval: 10 }, { Command: 'News' }, { Command: 'Marco' }, { Command: 'SleepyTime' }]), ['Polo', 'Polo']);
  });

  it('ends with the connection, without an error', async () => {
    assert.deepEqual(await answers([{ Command: 'Marco', Interval: -5 }, 'close']), ['Polo']);
  });

  it('ends at what no phone sends', async () => {
    assert.deepEqual(await answers([Buffer.from([0xff, 0xff, 0xff, 0xff])]), []);
  });
});
