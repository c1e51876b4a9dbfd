import assert from 'node:assert/strict';
import { duplexPair } from 'node:stream';
import { AfcClient } from '../../../../src/device/index.ts';
import { AfcLink } from '../../../../src/device/afc/link.ts';
import { mediaKind } from '../../../../src/device/media/kinds.ts';
import { walkMedia, type MediaFile } from '../../../../src/device/media/walk.ts';
import { afcStatusReply, serveAfc, type AfcAnswer } from '../fake-afc.ts';

type Answers = (path: string, isList: boolean) => readonly string[] | number | undefined;

/** A phone whose folders list names, and whose files have a size; a number below 0 is a status to refuse with. */
function phone(answer: Answers): { afc: AfcClient; asked: () => number } {
  const [near, far] = duplexPair();
  let asked = 0;
  serveAfc(far, ({ operation, data }): AfcAnswer => {
    asked++;
    const path = data.toString('utf8').replace(/\0$/, '');
    const known = answer(path, operation === 3);
    if (known === undefined) return afcStatusReply(8);
    if (typeof known === 'number' && known < 0) return afcStatusReply(-known);
    if (operation === 3) return typeof known === 'number' ? afcStatusReply(7) : { operation: 2, payload: Buffer.from(['.', '..', ...known, ''].join('\0')) };
    const facts = typeof known === 'number' ? ['st_size', String(known), 'st_ifmt', 'S_IFREG', 'st_mtime', '1700000000000000000'] : ['st_size', '0', 'st_ifmt', 'S_IFDIR'];
    return { operation: 2, payload: Buffer.from([...facts, ''].join('\0')) };
  });
  return { afc: new AfcClient(new AfcLink(near)), asked: () => asked };
}

async function walk(afc: AfcClient, roots: readonly string[], options: Partial<Parameters<typeof walkMedia>[2]> = {}): Promise<{ files: MediaFile[]; isComplete: boolean }> {
  const files: MediaFile[] = [];
  const isComplete = await walkMedia(afc, roots, { onFile: (file) => files.push(file), ...options });
  return { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), isComplete };
}

describe('the walk of the media folder', () => {
  const tree: Record<string, readonly string[] | number> = {
    '/DCIM': ['100APPLE', '101APPLE', 'loose.jpg'], '/DCIM/100APPLE': ['a.HEIC', 'b.MOV'], '/DCIM/101APPLE': ['c.HEIC'],
    '/DCIM/loose.jpg': 1, '/DCIM/100APPLE/a.HEIC': 10, '/DCIM/100APPLE/b.MOV': 100, '/DCIM/101APPLE/c.HEIC': 1000,
  };

  it('finds every file once, with its size and date', async () => {
    const { files, isComplete } = await walk(phone((path) => tree[path]).afc, ['/DCIM', '/Missing']);
    assert.deepEqual(files.map(({ path, size }) => [path, size]), [['/DCIM/100APPLE/a.HEIC', 10], ['/DCIM/100APPLE/b.MOV', 100], ['/DCIM/101APPLE/c.HEIC', 1000], ['/DCIM/loose.jpg', 1]]);
    assert.equal(files[0]?.modified?.getTime(), 1_700_000_000_000);
    assert.equal(isComplete, true);
  });

  it('finds thousands side by side, and knows early how many there are', async () => {
    const names = Array.from({ length: 5000 }, (_, n) => `${n}.HEIC`);
    let [most, listed] = [0, 0];
    const { files } = await walk(phone((path) => (path === '/DCIM' ? names : 7)).afc, ['/DCIM'], { onProgress: (names, seen) => ([listed, most] = [names, Math.max(most, seen)]) });
    assert.deepEqual([files.length, listed, most], [5000, 5000, 5000]);
  });

  it('leaves out what the phone refuses', async () => {
    const { files } = await walk(phone((path) => (path === '/DCIM/100APPLE' ? -10 : tree[path])).afc, ['/DCIM']);
    assert.deepEqual(files.map(({ path }) => path), ['/DCIM/101APPLE/c.HEIC', '/DCIM/loose.jpg']);
  });

  it('does not go down for ever, nor out of its folder', async () => {
    const { afc, asked } = phone((path) => (path.includes('..') ? -1 : ['deeper', '..', '.', 'a/b']));
    const { files } = await walk(afc, ['/DCIM']);
    assert.deepEqual(files, []);
    assert.ok(asked() < 100);
  });

  it('gives up at a phone that lists without end', async () => {
    const many = Array.from({ length: 50_000 }, (_, n) => `${n}`);
    await assert.rejects(walk(phone((path, isList) => (isList || path.split('/').length < 6 ? many : 1)).afc, Array.from({ length: 25 }, (_, n) => `/${n}`)), { code: 'data.limit' });
  }).timeout(60_000);

  it('stops when its time is over, or when it is cancelled', async () => {
    const names = Array.from({ length: 5000 }, (_, n) => `${n}.HEIC`);
    let seen = 0;
    const { isComplete, files } = await walk(phone((path) => (path === '/DCIM' ? names : 7)).afc, ['/DCIM'], { isOver: () => seen > 100, onProgress: (_, now) => (seen = now) });
    assert.equal(isComplete, false);
    assert.ok(files.length > 50 && files.length < 1000);
    const stop = new AbortController();
    await assert.rejects(walk(phone((path) => (path === '/DCIM' ? names : 7)).afc, ['/DCIM'], { signal: stop.signal, onProgress: (_, now) => now > 50 && stop.abort() }), { code: 'cancelled.host' });
  });
});

describe('kinds of media', () => {
  it('go by the name', () => {
    assert.deepEqual(['a.HEIC', 'a.mov', 'a.MP4', 'a.AAE', 'a', 'a.mov.jpg'].map(mediaKind), ['picture', 'video', 'video', 'sidecar', 'picture', 'picture']);
  });
});
