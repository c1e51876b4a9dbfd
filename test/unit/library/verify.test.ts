import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEntry, Library } from '../../../src/library/index.ts';
import { idOf } from './support/make-manifest.ts';
import { TestLibrary } from './support/library.ts';
import { testFiles, testUdid } from './support/phone.ts';

describe('library: verification', () => {
  const home = new TestLibrary();
  const files = testFiles(12);
  let library: Library;
  let entry: HistoryEntry;
  before(async () => {
    library = await home.open();
    entry = await home.backup(library, files);
  });
  after(() => home.remove());

  const contentPath = (index: number): string => {
    const id = idOf(files[index]!.domain, files[index]!.path);
    return join(testUdid, id.slice(0, 2), id);
  };

  /** Changes a file while `check` runs. */
  async function damaged(path: string, change: (bytes: Buffer) => Buffer, check: () => Promise<void>): Promise<void> {
    const full = join(entry.path, path);
    const before = readFileSync(full);
    chmodSync(full, 0o600);
    writeFileSync(full, change(Buffer.from(before)));
    try {
      await check();
    } finally {
      writeFileSync(full, before);
    }
  }

  it('finds nothing on a clean backup, at every level', async () => {
    for (const level of ['structure', 'bytes', 'unlock'] as const) {
      const { damage, record } = await library.verify(entry, { level });
      assert.deepEqual(damage, []);
      assert.equal(record.result, 'good');
    }
    assert.equal((await library.entry(testUdid, entry.id)).verification?.result, 'good');
  });

  it('names a changed file by domain and path', async () => {
    await damaged(
      contentPath(3),
      (bytes) => Buffer.concat([bytes.subarray(1), Buffer.from('x')]),
      async () => {
        const { damage, record } = await library.verify(entry, { level: 'bytes' });
        assert.deepEqual(damage, [{ code: 'changed', path: contentPath(3), domain: 'HomeDomain', relativePath: files[3]!.path }]);
        assert.equal(record.damagedFiles, 1);
      },
    );
  });

  it('tells files that are missing and too many', async () => {
    const path = join(entry.path, contentPath(4));
    const content = readFileSync(path);
    rmSync(path);
    const stranger = join(testUdid, contentPath(5).slice(testUdid.length + 1, testUdid.length + 3), 'f'.repeat(40).replace(/^ff/, contentPath(5).slice(testUdid.length + 1, testUdid.length + 3)));
    writeFileSync(join(entry.path, stranger), '');
    const { damage } = await library.verify(entry, { level: 'bytes' });
    writeFileSync(path, content);
    rmSync(join(entry.path, stranger));
    assert.deepEqual(damage.map(({ code, path: where }) => `${code} ${where}`).toSorted(), [`extra ${stranger}`, `missing ${contentPath(4)}`]);
  });

  it('takes a damaged manifest for damage, and still checks the bytes', async () => {
    await damaged(
      join(testUdid, 'Manifest.db'),
      (bytes) => bytes.subarray(0, bytes.length >> 1),
      async () => {
        const { damage } = await library.verify(entry, { level: 'bytes' });
        assert.ok(damage.some(({ path }) => path.endsWith('Manifest.db')));
      },
    );
  });

  it('puts a lost manifest back from its copy', async () => {
    rmSync(join(entry.path, testUdid, 'Manifest.db'));
    rmSync(join(entry.path, testUdid, 'Manifest.plist'));
    assert.ok((await library.verify(entry, { level: 'bytes' })).damage.length >= 2);
    assert.deepEqual([...(await library.repair(entry))].toSorted(), ['Manifest.db', 'Manifest.plist']);
    assert.deepEqual((await library.verify(entry, { level: 'bytes' })).damage, []);
  });
});
