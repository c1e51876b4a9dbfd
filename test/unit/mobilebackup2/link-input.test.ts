import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { LinkInput } from '../../../src/mobilebackup2/link-input.ts';

const length = 16 << 10;

/** An input that has received `chunks`. */
async function received(...chunks: readonly Buffer[]): Promise<LinkInput> {
  const socket = new PassThrough({ highWaterMark: 1 << 20 });
  const input = new LinkInput(socket);
  for (const chunk of chunks) socket.write(chunk);
  const expected = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  while (input.buffered < expected) await input.more(1000);
  return input;
}

const chunk = (byte: number): Buffer => Buffer.allocUnsafeSlow(length).fill(byte);

describe('bytes from a link', () => {
  it('give their memory back once they were taken, with the next call and not before', async () => {
    const [first, second] = [chunk(1), chunk(2)];
    const input = await received(first, second);
    assert.equal(input.takeSome(length)[length - 1], 1);
    assert.equal(first.buffer.byteLength, length);
    assert.equal(input.readByte(), 2);
    assert.equal(first.buffer.byteLength, 0);
    assert.equal(second.buffer.byteLength, length);
    assert.equal(input.takeSome(length).length, length - 1);
    assert.equal(input.readUint32(), undefined);
    assert.equal(second.buffer.byteLength, 0);
  });

  it('come in one piece across chunks', async () => {
    const input = await received(chunk(1), chunk(2), chunk(3));
    const piece = input.take(2 * length + 1);
    assert.deepEqual([0, length, 2 * length].map((at) => piece?.[at]), [1, 2, 3]);
    assert.equal(input.take(length - 1)?.[0], 3);
    assert.equal(piece?.length, 2 * length + 1);
  });

  it('keep memory that others use too', async () => {
    const shared = Buffer.allocUnsafeSlow(2 * length).fill(7);
    const input = await received(shared.subarray(0, length));
    assert.equal(input.takeSome(length).length, length);
    assert.equal(input.readByte(), undefined);
    assert.equal(shared[2 * length - 1], 7);
  });
});
