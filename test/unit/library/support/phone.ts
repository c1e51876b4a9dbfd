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
}

/** Does with the folder what a phone does in a backup, in its order. */
export async function runPhone(folder: BackupFolder, run: PhoneRun): Promise<void> {
  const before = new Map((run.before ?? []).map((file) => [contentPath(file), file]));
  const changed = run.files.filter((file) => !before.get(contentPath(file))?.content.equals(file.content));
  const gone = [...before.keys()].filter((path) => !run.files.some((file) => contentPath(file) === path));
  const steps = [
    () => upload(folder, changed, run.files),
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

async function upload(folder: BackupFolder, changed: readonly TestFile[], all: readonly TestFile[]): Promise<void> {
  for (const file of changed) {
    const shard = contentPath(file).slice(0, 2);
    await folder.createDirectory(`${testUdid}/${shard}`);
    await folder.createDirectory(`${testUdid}/Snapshot/${shard}`);
  }
  for (const file of changed) await put(folder, `${testUdid}/Snapshot/${contentPath(file)}`, file.content);
  const manifest = writeBinaryPlist({ Version: '10.0', IsEncrypted: false, SystemDomainsVersion: '24.0', Lockdown: {}, Applications: {} });
  await put(folder, `${testUdid}/Snapshot/Manifest.plist`, manifest);
  await put(folder, `${testUdid}/Snapshot/Manifest.db`, makeManifest(all));
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
