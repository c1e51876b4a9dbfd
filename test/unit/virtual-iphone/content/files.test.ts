import assert from 'node:assert/strict';
import type { PhoneContent, PhoneItem } from '../../../../src/virtual-iphone/contract.ts';
import { bytesOf, digest, make, nameOf } from './helpers.ts';

const count = (content: PhoneContent): { items: number; files: number; bytes: number } => {
  let [items, files, bytes] = [0, 0, 0];
  for (const item of content.items()) {
    items++;
    files += Number(item.kind === 'file');
    bytes += bytesIn(content, item);
  }
  return { items, files, bytes };
};

const bytesIn = (content: PhoneContent, item: PhoneItem): number => {
  let sum = 0;
  if (item.kind === 'file') for (const chunk of content.read(item, 1 << 16)) sum += chunk.length;
  return sum;
};

describe('content of many files', () => {
  for (const [files, bytes] of [[1, 5_000_001], [99, 1_000_003], [2000, 30_000_000], [3000, 7]] as const) {
    it(`has exactly ${files} files with ${bytes} bytes, as its totals say`, () => {
      const content = make({ kind: 'files', files, bytes });
      const counted = count(content);
      assert.deepEqual({ files: counted.files, bytes: counted.bytes }, { files, bytes });
      assert.deepEqual(content.totals, { items: counted.items, bytes });
    });
  }

  it('makes files of one size when asked to', () => {
    const content = make({ kind: 'files', files: 500, bytes: 500 * 16_384, sizes: 'even' });
    for (const item of content.items()) if (item.kind === 'file') assert.equal(item.size, 16_384);
  });

  it('makes sizes as different as on phones otherwise', () => {
    const items = [...make({ kind: 'files', files: 4000, bytes: 4000 * 66_000 }).items()];
    const sizes = items.flatMap((item) => (item.kind === 'file' ? [item.size] : [])).sort((a, b) => a - b);
    const [median, top] = [sizes[2000] ?? 0, sizes[3999] ?? 0];
    assert.ok(median < 40_000 && top > 200_000, `median ${median}, largest ${top}`);
  });

  it('gives the same bytes whatever the chunks, and other bytes for every file', () => {
    const content = make({ kind: 'files', files: 60, bytes: 60 * 70_000 });
    const digests = new Set<string>();
    for (const item of content.items()) {
      if (item.kind !== 'file' || item.size < 8) continue;
      const whole = bytesOf(content, item);
      assert.equal(whole.length, item.size);
      const small = [...content.read(item, 1000)];
      assert.ok(small.every((chunk) => chunk.length <= 1000));
      assert.ok(Buffer.concat(small).equals(whole));
      digests.add(digest(content, item));
    }
    assert.equal(digests.size, [...content.items()].filter((item) => item.kind === 'file' && item.size >= 8).length);
  });

  it('reads files larger than its pool', () => {
    const content = make({ kind: 'files', files: 1, bytes: 40_000_000 });
    const [file] = [...content.items()].filter((item) => item.kind === 'file');
    assert.ok(file);
    const whole = bytesOf(content, file);
    assert.equal(whole.length, 40_000_000);
    assert.notDeepEqual(whole.subarray(0, 1 << 20), whole.subarray(1 << 20, 2 << 20));
  });

  it('lists 1,310,000 files without keeping them', () => {
    const content = make({ kind: 'files', files: 1_310_000, bytes: 86_000_000_000 });
    let [files, bytes, previous] = [0, 0, ''];
    const domains = new Set<string>();
    for (const item of content.items()) {
      if (item.domain !== previous) {
        assert.equal(item.path, '', 'a domain begins with its root');
        assert.ok(!domains.has(item.domain), 'a domain comes in one piece');
        domains.add(item.domain);
        previous = item.domain;
      }
      if (item.kind !== 'file') continue;
      files++;
      bytes += item.size;
    }
    assert.equal(files, 1_310_000);
    assert.ok(Math.abs(bytes - 86_000_000_000) < 1_000_000, 'sizes of databases may differ from their content');
  });

  it('has a row for every ancestor and an inode of its own for every item', () => {
    const seen = new Set<string>();
    const inodes = new Set<number>();
    for (const item of make({ kind: 'files', files: 12_000, bytes: 600_000_000 }).items()) {
      const parent = item.path.slice(0, Math.max(0, item.path.lastIndexOf('/')));
      if (item.path !== '') assert.ok(seen.has(`${item.domain}-${parent}`), `${nameOf(item)} has no parent`);
      assert.ok(!seen.has(nameOf(item)), `${nameOf(item)} comes twice`);
      assert.ok(!inodes.has(item.inode), `${nameOf(item)} shares its inode`);
      seen.add(nameOf(item));
      inodes.add(item.inode);
    }
  });

  it('changes a small part in a day: some files written, some replaced by others', () => {
    const content = make({ kind: 'files', files: 12_000, bytes: 100_000_000 });
    const before = new Map([...content.items()].map((item) => [nameOf(item), item]));
    assert.ok(content.advance(1));
    const after = new Map([...content.items()].map((item) => [nameOf(item), item]));
    const written = [...after.values()].filter((item) => before.get(nameOf(item))?.modified !== item.modified);
    const gone = [...before.keys()].filter((name) => !after.has(name));
    assert.ok(written.length > 20 && written.length < 300, `${written.length} written`);
    assert.ok(gone.length > 3 && gone.length < 80, `${gone.length} gone`);
  });

  it('shows its photos to AFC under the names that a backup has', () => {
    const content = make({ kind: 'files', files: 12_000, bytes: 100_000_000 });
    const media = content.media();
    const shown: string[] = [];
    const walk = (path: string): void => {
      for (const name of media.list(path) ?? []) {
        const inside = path === '' ? name : `${path}/${name}`;
        const item = media.item(inside);
        assert.ok(item, inside);
        if (item.kind === 'directory') walk(inside);
        else shown.push(`Media/${inside}`);
      }
    };
    walk('');
    const isMedia = (item: PhoneItem): boolean => /^(CameraRoll|Media|Tones)Domain$/.test(item.domain) && item.path.startsWith('Media/');
    const listed = [...content.items()].filter((item) => item.kind !== 'directory' && isMedia(item));
    assert.deepEqual(shown.sort(), listed.map((item) => item.path).sort());
    assert.equal(media.list('DCIM/999APPLE'), undefined);
    assert.equal(media.item('DCIM/200APPLE/nothing.JPG'), undefined);
  });

  it('names apps for what it holds', () => {
    const content = make({ kind: 'files', files: 12_000, bytes: 100_000_000 });
    const apps = content.apps().filter((app) => app.bundleId.startsWith('com.example.bulk.'));
    assert.ok(apps.length > 2);
    for (const app of apps) {
      let kept = 0;
      for (const item of content.items()) if (item.domain === `AppDomain-${app.bundleId}`) kept += item.size;
      assert.ok(kept > 0 && app.dynamicUsage > kept, `${app.bundleId} keeps ${kept} of ${app.dynamicUsage}`);
    }
  });
});
