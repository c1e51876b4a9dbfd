import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Library, type DraftRequest, type FileSystem, type HistoryEntry } from '../../../src/library/index.ts';
import type { BackupFolder, FolderReader } from '../../../src/mobilebackup2/index.ts';
import { compileSelection, parseSelectionText, selectionText } from '../../../src/selection/index.ts';
import { makeKeybag } from '../../unit/format/support/make-keybag.ts';
import { testRequest } from '../../unit/library/support/library.ts';
import { idOf, type TestFile } from '../../unit/library/support/make-manifest.ts';
import { encryptFiles, runPhone, testFiles, testUdid, type PhoneRun } from '../../unit/library/support/phone.ts';
import { FaultFileSystem } from './fault-file-system.ts';

export const libraryRuns = ['full', 'incremental', 'encrypted', 'custom', 'resumed', 'restore'] as const;
export type LibraryRun = (typeof libraryRuns)[number];

const password = 'correct horse';
const bag = makeKeybag({ password, rounds: 2, doubleRounds: 2 });
const secrets = { keybag: bag.bytes, classKeys: bag.classKeys };

const first = testFiles(10);
const second: TestFile[] = [...first.slice(1, 8), { ...first[9]!, content: Buffer.from('changed') }, ...testFiles(12).slice(10)];
const firstSealed = encryptFiles(first, secrets);
/** A file that did not change is not sent again, and keeps its key. */
const secondSealed = second.map((file) => {
  const before = first.findIndex(({ path, content }) => path === file.path && content.equals(file.content));
  return firstSealed[before] ?? encryptFiles([file], secrets)[0]!;
});

/** Of a custom run: a file that changed, one that is new and two that did not change. */
const selection = parseSelectionText('path:HomeDomain/**/file-1*\npath:HomeDomain/**/file-9\npath:HomeDomain/**/file-3');
const matches = compileSelection(selection);
const chosenIds = second.filter(({ domain, path }) => matches({ domain, relativePath: path })).map(({ domain, path }) => idOf(domain, path)).toSorted();

const clean = (): FileSystem => new FaultFileSystem({}).fs;
const open = (root: string, fs: FileSystem, options: { readonly now?: () => Date } = {}): Promise<Library> => Library.open(root, fs, options);

/** Makes in `root` what the run begins from: one good backup, and for a resumed run what an interrupted one left. */
export async function prepareLibrary(root: string, run: LibraryRun): Promise<void> {
  const library = await open(root, clean(), { now: () => new Date(Date.UTC(2026, 0, 1)) });
  const isEncrypted = isSealed(run);
  await backUp(library, { isEncrypted, isForcedFull: true }, isEncrypted ? { files: firstSealed, secrets } : { files: first });
  if (run === 'resumed') await backUp(library, {}, { files: second, before: first, until: 'moving' });
}

/** Does the run once. What throws in it is thrown. */
export async function doRun(root: string, run: LibraryRun, fs: FileSystem = clean()): Promise<void> {
  const library = await open(root, fs);
  if (run === 'restore') return await restore(library);
  const isEncrypted = isSealed(run);
  const phone: PhoneRun = isEncrypted ? { files: secondSealed, before: firstSealed, secrets } : run === 'full' ? { files: second } : { files: second, before: first };
  const choice = run === 'custom' ? { selection: selectionText(selection) } : {};
  await backUp(library, { isEncrypted, isForcedFull: run === 'full', ...choice }, phone);
}

const isSealed = (run: LibraryRun): boolean => run === 'encrypted' || run === 'custom';

/** What a good run adds to the history. */
export const addedBy = (run: LibraryRun): number => (run === 'restore' ? 0 : 1);

async function backUp(library: Library, request: Partial<DraftRequest>, phone: PhoneRun): Promise<void> {
  const draft = await library.startDraft({ ...testRequest, ...request });
  try {
    // A phone that finds no earlier backup sends everything.
    await runPhone(draft.folder, draft.start.base ? phone : { ...phone, before: [] });
    if (phone.until !== undefined) return;
    const manifest = phone.secrets && (await draft.openManifest(password));
    try {
      if (request.selection !== undefined && manifest) await draft.publishSelected({ manifest, selection, apps: [] });
      else await draft.publish({ plainManifest: manifest?.database });
    } finally {
      await manifest?.close();
    }
  } finally {
    await draft.close();
  }
}

/** Reads all of the entry as a phone does, and asks for changes that must not reach it. */
async function restore(library: Library): Promise<void> {
  const [entry] = await library.entries();
  assert.ok(entry);
  const apple = await library.findAppleFolder(join(entry.path, testUdid));
  const folder = await library.openForRestore(apple, testUdid);
  try {
    for (const name of ['Status.plist', 'Manifest.plist', 'Manifest.db']) await readAll(await folder.read(`${testUdid}/${name}`));
    await folder.createDirectory(`${testUdid}/Snapshot`);
    await write(folder, `${testUdid}/Status.plist`, Buffer.from('something else'));
    for (const shard of await folder.list(testUdid)) {
      if (shard.name.length !== 2) continue;
      for (const { name } of await folder.list(`${testUdid}/${shard.name}`)) {
        const path = `${testUdid}/${shard.name}/${name}`;
        assert.ok((await readAll(await folder.read(path))) > 0);
        await folder.remove(path);
      }
    }
  } finally {
    await folder.close();
  }
}

async function write(folder: BackupFolder, path: string, content: Buffer): Promise<void> {
  const writer = folder.write(path);
  try {
    await writer.write(content);
    await writer.finish();
  } catch (error) {
    writer.discard();
    throw error;
  }
}

async function readAll(reader: FolderReader | undefined): Promise<number> {
  assert.ok(reader);
  let size = 0;
  try {
    for await (const chunk of reader.chunks(32_767)) size += chunk.length;
  } finally {
    await reader.close();
  }
  return size;
}

/** All entries are whole, and complete. Answers their names. */
export async function expectGood(root: string, where: string): Promise<string[]> {
  const library = await open(root, clean());
  const entries = await library.entries();
  for (const entry of entries) await expectGoodEntry(library, entry, where);
  return entries.map(({ id }) => id);
}

async function expectGoodEntry(library: Library, entry: HistoryEntry, where: string): Promise<void> {
  const { damage } = await library.verify(entry, { level: 'unlock', password: entry.isEncrypted ? password : undefined });
  assert.deepEqual(damage, [], `${where}: ${entry.id}`);
  if (entry.kind === 'custom') assert.deepEqual(namesIn(entry), chosenIds, `${where}: ${entry.id} holds other files`);
  else assert.ok(entry.isComplete, `${where}: ${entry.id} is not complete`);
}

/** Names of content files in the folder of an entry, sorted. */
function namesIn({ path, udid }: HistoryEntry): string[] {
  const shards = readdirSync(join(path, udid)).filter((name) => name.length === 2);
  return shards.flatMap((shard) => readdirSync(join(path, udid, shard))).toSorted();
}

/** The run succeeds now, and leaves a history that is whole with one entry more. */
export async function expectNextRun(root: string, run: LibraryRun, before: readonly string[], where: string): Promise<void> {
  await doRun(root, run).catch((cause: unknown) => assert.fail(new Error(`${where}: the next run failed`, { cause })));
  assert.equal((await expectGood(root, where)).length, before.length + addedBy(run), where);
  assert.ok(!readdirSync(join(root, testUdid)).includes('.draft'), `${where}: a draft is left`);
  assert.ok(!existsSync(join(root, testUdid, 'lock.json')), `${where}: a lock is left`);
}
