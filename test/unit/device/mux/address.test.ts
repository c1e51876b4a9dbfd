import assert from 'node:assert/strict';
import { muxAddressText, parseMuxAddress, resolveMuxAddress } from '../../../../src/device/mux/address.ts';

describe('the address of the muxer', () => {
  const forms = [
    ['127.0.0.1:27015', { host: '127.0.0.1', port: 27_015 }],
    ['host.example:1', { host: 'host.example', port: 1 }],
    ['[::1]:27015', { host: '::1', port: 27_015 }],
    ['[fe80::1%en0]:27015', { host: 'fe80::1%en0', port: 27_015 }],
    ['tcp://127.0.0.1:27015', { host: '127.0.0.1', port: 27_015 }],
    ['tcp://[::1]:65535/', { host: '::1', port: 65_535 }],
    ['UNIX:/var/run/usbmuxd', { path: '/var/run/usbmuxd' }],
    ['unix:///run/my socket', { path: '/run/my socket' }],
    ['UNIX:///var/run/usbmuxd', { path: '/var/run/usbmuxd' }],
    ['/var/run/usbmuxd', { path: '/var/run/usbmuxd' }],
  ] as const;
  for (const [text, address] of forms) {
    it(`understands ${text}`, () => assert.deepEqual(parseMuxAddress(text), address));
  }

  const wrong = ['', 'x', '27015', '127.0.0.1', '127.0.0.1:', ':27015', '127.0.0.1:0', '127.0.0.1:65536', '127.0.0.1:port', 'http://127.0.0.1:1'];
  for (const text of [...wrong, '::1:27015', 'UNIX:', 'unix:relative', '/', '/a\0b', 'a b:1', '1.2.3.4:27015x', '[::1]27015', '-1.0.0.1:1:2']) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.throws(() => parseMuxAddress(text), { code: 'mux.bad-address', subject: text }));
  }

  it('prefers the setting, then the environment, then the platform', () => {
    const environment = { USBMUXD_SOCKET_ADDRESS: '127.0.0.1:2' };
    assert.deepEqual(resolveMuxAddress('127.0.0.1:1', environment, 'linux'), { host: '127.0.0.1', port: 1 });
    assert.deepEqual(resolveMuxAddress(' ', environment, 'linux'), { host: '127.0.0.1', port: 2 });
    assert.deepEqual(resolveMuxAddress(undefined, {}, 'linux'), { path: '/var/run/usbmuxd' });
    assert.deepEqual(resolveMuxAddress(undefined, {}, 'darwin'), { path: '/var/run/usbmuxd' });
    assert.deepEqual(resolveMuxAddress(undefined, {}, 'win32'), { host: '127.0.0.1', port: 27_015 });
  });

  it('never falls back from an address that it does not understand', () => {
    assert.throws(() => resolveMuxAddress(undefined, { USBMUXD_SOCKET_ADDRESS: 'nonsense' }, 'linux'), { code: 'mux.bad-address' });
  });

  it('is written as it is read', () => {
    for (const text of ['[::1]:27015', '127.0.0.1:27015', '/var/run/usbmuxd']) assert.equal(muxAddressText(parseMuxAddress(text)), text);
  });
});
