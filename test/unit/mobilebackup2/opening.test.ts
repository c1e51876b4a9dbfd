import assert from 'node:assert/strict';
import { duplexPair } from 'node:stream';
import { openLink } from '../../../src/mobilebackup2/index.ts';
import { PlistReal, type PlistValue } from '../../../src/plist/index.ts';
import { ScriptedDevice, message, plain } from './support/scripted-device.ts';
import { shortTimings } from './support/session.ts';

const isDeviceListed = async (): Promise<boolean> => true;

function connect(): { readonly device: ScriptedDevice; readonly opening: ReturnType<typeof openLink> } {
  const [near, far] = duplexPair();
  return { device: new ScriptedDevice(far), opening: openLink(near, { isDeviceListed, timings: shortTimings }) };
}

describe('opening a DeviceLink channel', () => {
  for (const [major, minor] of [[300, 0], [400, 0], [200, 5]] as const) {
    it(`accepts version ${major}.${minor}, answers with its major, and says Hello with reals`, async () => {
      const { device, opening } = connect();
      const { versions, hello } = await device.open(major, minor);
      const link = await opening;
      assert.deepEqual(versions, ['DLMessageVersionExchange', 'DLVersionsOk', major]);
      assert.deepEqual(plain(hello), { MessageName: 'Hello', SupportedProtocolVersions: [{ real: 2 }, { real: 2.1 }] });
      await link.close();
    });
  }

  const refusals: readonly (readonly [what: string, code: string, ...messages: PlistValue[][]])[] = [
    ['version 401.0', 'service.version', ['DLMessageVersionExchange', 401, 0]],
    ['version 400.1', 'service.version', ['DLMessageVersionExchange', 400, 1]],
    ['a version without numbers', 'data.frame', ['DLMessageVersionExchange', '400', 0]],
    ['another first message', 'data.frame', ['DLMessageDeviceReady']],
    ['a message that is not of DeviceLink', 'data.frame', ['Hello']],
    ['an error before the opening is done', 'mb.208', ['DLMessageProcessMessage', { MessageName: 'Response', ErrorCode: 208 }]],
  ];
  for (const [what, code, ...messages] of refusals) {
    it(`refuses ${what} with ${code}`, async () => {
      const { device, opening } = connect();
      for (const parts of messages) await device.send(...parts);
      await assert.rejects(opening, { code });
      await device.ended();
    });
  }

  const hellos: readonly (readonly [what: string, code: string, answer: PlistValue[]])[] = [
    [
      'an integer as protocol version',
      'service.version',
      ['DLMessageProcessMessage', { MessageName: 'Response', ErrorCode: 0, ProtocolVersion: 2 }],
    ],
    [
      'a protocol version that was not offered',
      'service.version',
      ['DLMessageProcessMessage', { MessageName: 'Response', ErrorCode: 0, ProtocolVersion: new PlistReal(3) }],
    ],
    [
      'no common version',
      'mb.1',
      ['DLMessageProcessMessage', { MessageName: 'Response', ErrorCode: 1, ErrorDescription: 'No common supported protocol version' }],
    ],
    ['an operation in place of the answer to Hello', 'data.frame', ['DLMessageGetFreeDiskSpace']],
  ];
  for (const [what, code, answer] of hellos) {
    it(`refuses ${what} with ${code}`, async () => {
      const { device, opening } = connect();
      await device.write(Buffer.concat([
        message(['DLMessageVersionExchange', 400, 0]),
        message(['DLMessageDeviceReady']),
        message(answer),
      ]));
      await assert.rejects(opening, { code });
    });
  }

  it('gives up on a silent device', async () => {
    const { opening } = connect();
    await assert.rejects(opening, { code: 'link.silent' });
  });

  it('tells a lost connection from a silent one', async () => {
    const { device, opening } = connect();
    device.socket.end();
    await assert.rejects(opening, { code: 'link.lost' });
  });
});
