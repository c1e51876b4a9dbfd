import assert from 'node:assert/strict';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { ByteReader } from '../../../../src/virtual-iphone/services/byte-reader.ts';

describe('reading exact numbers of bytes', () => {
  let near: Socket;
  let far: Socket;
  beforeEach(async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    far = connect((server.address() as AddressInfo).port, '127.0.0.1');
    [near] = await once(server, 'connection') as [Socket];
    server.close();
  });
  afterEach(() => {
    near.destroy();
    far.destroy();
  });

  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 15));

  it('waits for the rest of what has come in part', async () => {
    const reader = new ByteReader(near);
    const read = reader.read(6);
    for (const part of ['ab', 'cd', 'efgh']) {
      far.write(part);
      await pause();
    }
    assert.equal(String(await read), 'abcdef');
    assert.equal(String(await reader.read(2)), 'gh');
  });

  it('begins with a part that was there before', async () => {
    const reader = new ByteReader(near);
    far.write('abcd');
    await reader.read(2);
    const read = reader.read(4);
    await pause();
    far.write('ef');
    assert.equal(String(await read), 'cdef');
  });

  it('reads more than a stream buffers by itself', async () => {
    const bytes = Buffer.alloc(3 << 20, 7);
    const read = new ByteReader(near).read(bytes.length);
    far.write(bytes);
    assert.ok((await read)?.equals(bytes));
  });

  it('ends with the stream, also inside of what was asked for', async () => {
    const reader = new ByteReader(near);
    const read = reader.read(6);
    far.end('abc');
    assert.equal(await read, undefined);
    assert.equal(await reader.read(1), undefined);
  });

  it('ends when the connection breaks', async () => {
    const reader = new ByteReader(near);
    const read = reader.read(6);
    far.write('abc');
    await pause();
    far.resetAndDestroy();
    assert.equal(await read, undefined);
  });

  it('leaves the rest to the next reader', async () => {
    far.write('abcdef');
    assert.equal(String(await new ByteReader(near).read(2)), 'ab');
    assert.equal(String(await new ByteReader(near).read(4)), 'cdef');
  });
});
