import assert from 'node:assert/strict';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectToMuxer, isTrustedOwner } from '../../../../src/device/mux/socket.ts';

describe('the owner of the muxer\'s socket', () => {
  it('is the system or ourselves', () => {
    const trusted = [0, 33, 114, 999, 1000, 65_534];
    for (const owner of trusted) assert.equal(isTrustedOwner(owner, 1000, 'linux'), true, String(owner));
    for (const owner of [1001, 4242]) assert.equal(isTrustedOwner(owner, 1000, 'linux'), false, String(owner));
    assert.deepEqual([isTrustedOwner(213, 501, 'darwin'), isTrustedOwner(502, 501, 'darwin')], [true, false]);
  });

  describe('on a real socket', () => {
    let folder: string;
    let server: Server;
    let path: string;
    before(async function () {
      // Only root can give a file away.
      if (process.getuid?.() !== 0) this.skip();
      folder = await mkdtemp(join(tmpdir(), 'muxer-'));
      path = join(folder, 'usbmuxd');
      server = createServer((socket) => socket.on('error', () => undefined));
      await new Promise<void>((resolve) => server.listen(path, resolve));
    });
    after(async () => {
      server.close();
      await rm(folder, { recursive: true });
    });

    it('is looked at before anything is sent', async () => {
      (await connectToMuxer({ path })).destroy();
      await chown(path, 4242, 4242);
      await assert.rejects(connectToMuxer({ path }), { kind: 'connection', code: 'mux.untrusted' });
      await chown(path, 114, 114);
      (await connectToMuxer({ path })).destroy();
    });
  });
});
