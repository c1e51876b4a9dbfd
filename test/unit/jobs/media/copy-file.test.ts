import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdtemp, open, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duplexPair } from 'node:stream';
import { AfcClient, type MediaFile } from '../../../../src/device/index.ts';
import { AfcLink } from '../../../../src/device/afc/link.ts';
import { copyFile } from '../../../../src/jobs/media/copy-file.ts';
import { afcStatusReply, serveAfc, words, type AfcAnswer } from '../../device/fake-afc.ts';

const MiB = 1 << 20;
const path = '/DCIM/100APPLE/IMG_0001.MOV';
const modified = new Date('2026-03-01T10:00:00Z');

/** Bytes that tell their place. */
function contentAt(at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let n = 0; n < length; n++) bytes[n] = ((at + n) * 31 + ((at + n) >> 13)) & 0xff;
  return bytes;
}

/** A phone with one file of `size` bytes; remembers from where it was read. */
function phone(size: number): { afc: AfcClient; readonly reads: number[] } {
  const [near, far] = duplexPair();
  const reads: number[] = [];
  let position = 0;
  serveAfc(far, ({ operation, data }): AfcAnswer => {
    if (operation === 13) return { operation: 14, data: words(1) };
    if (operation === 17) {
      position = Number(data.readBigInt64LE(16));
      return afcStatusReply(0);
    }
    if (operation !== 15) return afcStatusReply(0);
    const length = Math.max(0, Math.min(data.readUInt32LE(8), size - position));
    reads.push(position);
    position += length;
    return { operation: 2, payload: contentAt(position - length, length) };
  });
  return { afc: new AfcClient(new AfcLink(near)), reads };
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

describe('media: copying one file', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'media-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const file = (size: number): MediaFile => ({ path, size, modified, born: undefined });
  const onBytes = (): void => undefined;

  for (const size of [0, 1, 65_536, 3 * MiB + 7]) {
    it(`gives ${size} bytes their name and date at the end`, async () => {
      const target = join(folder, 'IMG_0001.MOV');
      assert.deepEqual(await copyFile(phone(size).afc, file(size), target, { onBytes }), { kept: 0 });
      assert.ok(contentAt(0, size).equals(await readFile(target)));
      assert.equal((await lstat(target)).mtimeMs, modified.getTime());
      assert.deepEqual(await readdir(folder), ['IMG_0001.MOV']);
    });
  }

  it('goes on with a part from where it is on the disk for certain', async () => {
    const size = 80 * MiB + 5;
    const target = join(folder, 'IMG_0001.MOV');
    let passed = 0;
    const stop = (bytes: number): void => {
      passed += bytes;
      if (passed > 70 * MiB) throw new Error('cut');
    };
    await assert.rejects(copyFile(phone(size).afc, file(size), target, { onBytes: stop }), /cut/);
    const [part = ''] = await readdir(folder);
    assert.match(part, /\.part$/);
    // What a power cut leaves beyond the last checkpoint may be anything.
    const handle = await open(join(folder, part), 'r+');
    await handle.write(Buffer.alloc(3 * MiB), 0, 3 * MiB, 65 * MiB);
    await handle.close();
    const again = phone(size);
    assert.deepEqual(await copyFile(again.afc, file(size), target, { onBytes }), { kept: 64 * MiB });
    assert.equal(Math.min(...again.reads), 64 * MiB);
    assert.equal(await hashOf(target), createHash('sha256').update(contentAt(0, size)).digest('hex'));
    assert.deepEqual(await readdir(folder), ['IMG_0001.MOV']);
  });

  it('begins anew when the phone\'s file is another one now', async () => {
    const target = join(folder, 'IMG_0001.MOV');
    await writeFile(`${target}.${40 * MiB}-0.part`, Buffer.alloc(40 * MiB));
    assert.deepEqual(await copyFile(phone(100).afc, file(100), target, { onBytes }), { kept: 0 });
    assert.ok(contentAt(0, 100).equals(await readFile(target)));
  });

  it('takes neither more nor less than the phone said, and leaves nothing behind', async () => {
    for (const said of [99, 101]) {
      await assert.rejects(copyFile(phone(100).afc, file(said), join(folder, 'x'), { onBytes }), { code: 'data.media-changed' });
      assert.deepEqual(await readdir(folder), []);
    }
  });

  it('replaces no file, and follows no link in the place of its part', async () => {
    const target = join(folder, 'IMG_0001.MOV');
    await writeFile(target, 'mine');
    await assert.rejects(copyFile(phone(100).afc, file(100), target, { onBytes }), { kind: 'host' });
    assert.equal(await readFile(target, 'utf8'), 'mine');
    const other = join(folder, 'other.MOV');
    await writeFile(join(folder, 'victim'), 'mine');
    await symlink(join(folder, 'victim'), `${other}.100-${modified.getTime().toString(36)}.part`);
    await copyFile(phone(100).afc, file(100), other, { onBytes });
    assert.equal(await readFile(join(folder, 'victim'), 'utf8'), 'mine');
    assert.ok((await lstat(other)).isFile());
  });
});
