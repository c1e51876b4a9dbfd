import { randomBytes } from 'node:crypto';
import { contentCipher } from '../../../../src/format/content-cipher.ts';
import { wrapKey } from '../../../../src/format/key-wrap.ts';
import type { BackupFolder } from '../../../../src/mobilebackup2/backup-folder.ts';
import { writeBinaryPlist } from '../../../../src/plist/index.ts';
import { writeStatus } from '../../../../src/format/status-plist.ts';
import type { SnapshotState } from '../../../../src/format/names.ts';
import { idOf, makeManifest, type TestFile } from './make-manifest.ts';

export const testUdid = '00008110-001A18D40EFB801E';

const states: readonly SnapshotState[] = ['uploading', 'moving', 'removing', 'finished'];
const contentPath = (file: TestFile): string => idOf(file.domain, file.path).replace(/^(..)/, '$1/$1');

export async function put(folder: BackupFolder, path: string, content: Buffer): Promise<void> {
  const writer = folder.write(path);
  for (let at = 0; at < content.length; at += 32_767) await writer.write(content.subarray(at, at + 32_767));
  await writer.finish();
}

export interface PhoneRun {
  /** All that the phone holds now. */
  readonly files: readonly TestFile[];
  /** What it held at the last backup; those are not sent again. */
  readonly before?: readonly TestFile[];
  /** Last step to be done; the run is cut after it. */
  readonly until?: SnapshotState;
  /** Of an encrypted backup; its files are encrypted by `encryptFiles`. */
  readonly secrets?: Secrets;
}

/** Does with the folder what a phone does in a backup, in its order. */
export async function runPhone(folder: BackupFolder, run: PhoneRun): Promise<void> {
  const before = new Map((run.before ?? []).map((file) => [contentPath(file), file]));
  const changed = run.files.filter((file) => !before.get(contentPath(file))?.content.equals(file.content));
  const gone = [...before.keys()].filter((path) => !run.files.some((file) => contentPath(file) === path));
  const steps = [
    () => upload(folder, changed, run),
    () => move(folder, changed),
    async () => {
      for (const path of gone) await folder.remove(`${testUdid}/${path}`);
      await folder.remove(`${testUdid}/Snapshot`);
    },
    async () => {},
  ];
  for (const [index, state] of states.entries()) {
    await put(folder, `${testUdid}/Status.plist`, status(state, run.before === undefined));
    await folder.flush();
    await steps[index]?.();
    if (state === run.until) return;
  }
}

async function upload(folder: BackupFolder, changed: readonly TestFile[], run: PhoneRun): Promise<void> {
  for (const file of changed) {
    const shard = contentPath(file).slice(0, 2);
    await folder.createDirectory(`${testUdid}/${shard}`);
    await folder.createDirectory(`${testUdid}/Snapshot/${shard}`);
  }
  for (const file of changed) await put(folder, `${testUdid}/Snapshot/${contentPath(file)}`, file.content);
  const { list, database } = manifestOf(run);
  await put(folder, `${testUdid}/Snapshot/Manifest.plist`, list);
  await put(folder, `${testUdid}/Snapshot/Manifest.db`, database);
}

function manifestOf({ files, secrets }: PhoneRun): { list: Buffer; database: Buffer } {
  const plain = makeManifest(files);
  const common = { Version: '10.0', SystemDomainsVersion: '24.0', Lockdown: {}, Applications: {} };
  if (!secrets) return { list: writeBinaryPlist({ ...common, IsEncrypted: false }), database: plain };
  const { key, wrapped } = newKey(secrets, 4);
  return { list: writeBinaryPlist({ ...common, IsEncrypted: true, BackupKeyBag: secrets.keybag, ManifestKey: wrapped }), database: encrypt(key, plain) };
}

async function move(folder: BackupFolder, changed: readonly TestFile[]): Promise<void> {
  await folder.moveAll(changed.map((file) => [`${testUdid}/Snapshot/${contentPath(file)}`, `${testUdid}/${contentPath(file)}`]));
  for (const name of ['Manifest.plist', 'Manifest.db']) await folder.move(`${testUdid}/Snapshot/${name}`, `${testUdid}/${name}`);
}

const status = (snapshotState: SnapshotState, isFullBackup: boolean): Buffer =>
  writeStatus({ uuid: 'A6BE9B80-2F4B-4F2B-B6BC-3A0F3A2F2A11', date: new Date(0), backupState: 'new', snapshotState, isFullBackup, version: '3.3' });

export const testFiles = (count: number, seed = ''): TestFile[] =>
  Array.from({ length: count }, (_, index) => ({
    domain: 'HomeDomain',
    path: `Library/Test/file-${index}`,
    content: Buffer.from(`content ${index} ${seed}`.repeat(1 + ((index * 37) % 900))),
  }));

export interface Secrets {
  readonly keybag: Buffer;
  readonly classKeys: ReadonlyMap<number, Buffer>;
}

/** The same files with encrypted content and a key each. */
export const encryptFiles = (files: readonly TestFile[], secrets: Secrets): TestFile[] =>
  files.map((file) => {
    const { key, wrapped } = newKey(secrets, 3);
    return { ...file, content: encrypt(key, file.content), encryptionKey: wrapped };
  });

function newKey(secrets: Secrets, protectionClass: number): { key: Buffer; wrapped: Buffer } {
  const key = randomBytes(32);
  return { key, wrapped: Buffer.concat([Buffer.from([protectionClass, 0, 0, 0]), wrapKey(secrets.classKeys.get(protectionClass)!, key)]) };
}

function encrypt(key: Buffer, plain: Buffer): Buffer {
  const aes = contentCipher(key);
  return Buffer.concat([aes.update(plain), aes.final()]);
}
