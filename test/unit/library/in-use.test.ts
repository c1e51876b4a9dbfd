import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileSystem, HistoryEntry, Library } from '../../../src/library/index.ts';
import { FaultFileSystem } from '../../faults/support/fault-file-system.ts';
import { TestLibrary } from './support/library.ts';
import { testFiles, testUdid } from './support/phone.ts';
import { readOnlyDisk } from './support/read-only-disk.ts';

const files = testFiles(4);
const refused = { kind: 'host', code: 'host.entry-in-use' };

/** Opens a backup as a restore does, says so, and waits to be killed. */
const readerScript = `
import { Library } from ${JSON.stringify(new URL('../../../src/library/index.ts', import.meta.url).href)};
const library = await Library.open(process.argv[1]);
const [entry] = await library.entries();
globalThis.held = await library.openForRestore(await library.findAppleFolder(entry.path), entry.udid);
console.log('held');
setInterval(() => globalThis.gc?.(), 100);
`;

/** Reads an entry in one of the ways that take a while. */
type Reader = (fs: FileSystem, entry: HistoryEntry) => Promise<unknown>;

describe('library: a backup that is being read', () => {
  let home: TestLibrary;
  let library: Library;
  let entry: HistoryEntry;
  let other = '';
  beforeEach(async () => {
    home = new TestLibrary();
    library = await home.open();
    entry = await home.backup(library, files);
    other = mkdtempSync(join(tmpdir(), 'other-'));
  });
  afterEach(() => {
    home.remove();
    rmSync(other, { recursive: true, force: true });
  });

  /** A second process, as a person starts one in a terminal. */
  function deleteInTerminal(): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
    const args = ['src/cli.ts', 'delete', entry.id, '--json', '--library', home.root];
    return spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 });
  }

  /** While the first file of the entry is opened whose path fits `when`, another process tries to delete it. */
  async function readBesideDeletion(read: Reader, when = /./): Promise<void> {
    let attempt: ReturnType<typeof deleteInTerminal> | undefined;
    const before = ({ name, args }: { readonly name: string; readonly args: readonly unknown[] }): void => {
      const path = String(args[0]);
      if (path.startsWith(join(entry.path, testUdid)) && when.test(path) && ['open', 'openToRead', 'readFile'].includes(name)) attempt ??= deleteInTerminal();
    };
    await read(new FaultFileSystem({ before }).fs, entry);
    assert.equal(attempt?.status, 5, attempt?.stderr);
    assert.match(attempt.stdout, /"host\.entry-in-use"/);
    assert.match(attempt.stderr, /is being read.*restored, verified, exported.*Wait until that has ended/);
    assert.deepEqual((await library.entries()).map(({ id }) => id), [entry.id]);
    assert.equal(deleteInTerminal().status, 0);
    assert.ok(!existsSync(entry.path));
  }

  const readers: Readonly<Record<string, Reader>> = {
    verified: async (fs, found) => (await home.open(fs)).verify(found, { level: 'bytes' }),
    exported: async (fs, found) => (await home.open(fs)).exportBackup(found, other),
    'looked into': async (fs, found) => (await (await home.open(fs)).openBackup(join(found.path, testUdid), undefined)).close(),
    restored: async (fs, found) => {
      const reading = await home.open(fs);
      const folder = await reading.openForRestore(await library.findAppleFolder(found.path), testUdid);
      await (await folder.read(`${testUdid}/Manifest.plist`))?.close();
      await folder.close();
    },
  };
  for (const [word, read] of Object.entries(readers)) {
    it(`is not deleted by another process while it is ${word}, and is afterwards`, () => readBesideDeletion(read)).timeout(60_000);
  }

  it('is not deleted while it is imported into another library', async () => {
    const copy = new TestLibrary();
    try {
      await readBesideDeletion(async (fs, found) => (await copy.open(fs)).importBackup(found.path), /\/[0-9a-f]{40}$/);
    } finally {
      copy.remove();
    }
  }).timeout(60_000);

  it('is not deleted while another process restores it, and is when that was killed', async () => {
    const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '--eval', readerScript, home.root], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      await assert.rejects(library.delete(entry), refused);
      assert.deepEqual((await library.history()).trash, []);
      const newer = await home.backup(library, files, files);
      await library.delete(newer);
    } finally {
      child.kill('SIGKILL');
    }
    await once(child, 'close');
    await library.delete(entry);
    assert.deepEqual(await library.entries(), []);
  }).timeout(60_000);

  it('is read by several at once, and by who may write nothing', async () => {
    const backup = await library.openBackup(join(entry.path, testUdid), undefined);
    chmodSync(join(home.root, testUdid, '.readers'), 0o500);
    const frozen = await home.open(readOnlyDisk(home.root));
    const second = await frozen.openBackup(join(entry.path, testUdid), undefined);
    await backup.close();
    await assert.rejects(library.delete(entry), refused);
    await second.close();
    await library.delete(entry);
  });

  it('is read where no lock can be written', async () => {
    const frozen = await home.open(readOnlyDisk(home.root));
    assert.deepEqual((await frozen.verify(entry, { level: 'bytes' })).damage, []);
    assert.ok(!readdirSync(join(home.root, testUdid)).includes('.readers'));
  });

  it('leaves no lock behind when it is gone for good', async () => {
    assert.deepEqual((await library.verify(entry, { level: 'bytes' })).damage, []);
    await library.delete(entry);
    await library.emptyTrash();
    assert.deepEqual(readdirSync(join(home.root, testUdid, '.readers')), []);
  });

  it('that another process has protected meanwhile is not deleted', async () => {
    await (await home.open()).setLocked(entry, true);
    await assert.rejects(library.delete(entry), { code: 'host.entry-locked' });
  });
});
