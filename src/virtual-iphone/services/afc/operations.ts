import { asInteger } from '../../../plist/index.ts';
import { AfcError, afcOperation, afcStatus } from './codes.ts';
import { number64, numberAt, stringList, stringsAt, type AfcRequest } from './packet.ts';
import { parentOf, volumePath } from './paths.ts';
import type { AfcReply, AfcSession } from './session.ts';

/** Answers one operation; nothing returned stands for status 0. */
type Operation = (session: AfcSession, request: AfcRequest) => AfcReply | undefined | void;

/** The file with which hosts exclude each other. */
const syncLock = 'com.apple.itunes.lock_sync';
const blockSize = 4096;
const nanoseconds = 1_000_000_000n;

const data = (bytes: Buffer): AfcReply => ({ operation: afcOperation.data, data: bytes });
const pathOf = (request: AfcRequest, offset = 0): string => volumePath(stringsAt(request.data, offset)[0]);
const accept: Operation = () => undefined;

export const operations: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [afcOperation.readDir, readDir],
  [afcOperation.truncate, truncate],
  [afcOperation.removePath, (session, request) => session.volume.remove(pathOf(request), false)],
  [afcOperation.removePathAndContents, (session, request) => session.volume.remove(pathOf(request), true)],
  [afcOperation.makeDir, (session, request) => session.volume.makeFolder(pathOf(request))],
  [afcOperation.getFileInfo, getFileInfo],
  [afcOperation.getDeviceInfo, getDeviceInfo],
  [afcOperation.fileOpen, fileOpen],
  [afcOperation.fileRead, (session, request) => data(fileOf(session, request).read(numberAt(request.data, 8)))],
  [afcOperation.fileWrite, (session, request) => fileOf(session, request).write(request.payload)],
  [afcOperation.fileSeek, fileSeek],
  [afcOperation.fileTell, (session, request) => ({ operation: afcOperation.fileTellResult, data: number64(fileOf(session, request).position) })],
  [afcOperation.fileClose, (session, request) => session.close(numberAt(request.data, 0))],
  [afcOperation.fileSetSize, (session, request) => fileOf(session, request).resize(numberAt(request.data, 8))],
  [afcOperation.fileLock, fileLock],
  [afcOperation.renamePath, renamePath],
  [afcOperation.setModTime, setModTime],
  [afcOperation.setConnectionOptions, accept],
  [afcOperation.setFsBlockSize, accept],
  [afcOperation.setSocketBlockSize, accept],
]);

function fileOf(session: AfcSession, request: AfcRequest): ReturnType<AfcSession['file']> {
  return session.file(numberAt(request.data, 0));
}

function readDir(session: AfcSession, request: AfcRequest): AfcReply {
  const path = pathOf(request);
  const names = session.volume.list(path);
  if (!names) throw new AfcError(session.volume.stat(path) ? afcStatus.invalidArgument : afcStatus.notFound);
  return data(stringList(['.', '..', ...names]));
}

function truncate(session: AfcSession, request: AfcRequest): void {
  const size = numberAt(request.data, 0);
  const handle = session.open(pathOf(request, 8), 2);
  session.file(handle).resize(size);
  session.close(handle);
}

const kinds = { file: 'S_IFREG', directory: 'S_IFDIR', link: 'S_IFLNK' } as const;

function getFileInfo(session: AfcSession, request: AfcRequest): AfcReply {
  const facts = session.volume.stat(pathOf(request));
  if (!facts) throw new AfcError(afcStatus.notFound);
  const pairs: [string, string | number | bigint][] = [
    ['st_size', facts.size],
    ['st_blocks', Math.ceil(facts.size / 512)],
    ['st_nlink', facts.kind === 'directory' ? 2 : 1],
    ['st_ifmt', kinds[facts.kind]],
    ['st_mtime', BigInt(facts.modified) * nanoseconds],
    ['st_birthtime', BigInt(facts.born) * nanoseconds],
  ];
  if (facts.target !== undefined) pairs.push(['LinkTarget', facts.target]);
  return data(stringList(pairs.flatMap(([key, value]) => [key, String(value)])));
}

function getDeviceInfo({ phone }: AfcSession): AfcReply {
  const bytes = (key: string): string => String(asInteger(phone.value('com.apple.disk_usage', key)) ?? 0);
  const pairs = {
    Model: phone.identity.productType,
    FSTotalBytes: bytes('TotalDataCapacity'),
    FSFreeBytes: bytes('AmountDataAvailable'),
    FSBlockSize: String(blockSize),
  };
  return data(stringList(Object.entries(pairs).flat()));
}

function fileOpen(session: AfcSession, request: AfcRequest): AfcReply {
  const handle = session.open(pathOf(request, 8), numberAt(request.data, 0));
  return { operation: afcOperation.fileOpenResult, data: number64(handle) };
}

function fileSeek(session: AfcSession, request: AfcRequest): void {
  const file = fileOf(session, request);
  if (request.data.length < 24) throw new AfcError(afcStatus.invalidArgument);
  const from = [0, file.position, file.size][numberAt(request.data, 8)];
  if (from === undefined) throw new AfcError(afcStatus.invalidArgument);
  const position = from + Number(request.data.readBigInt64LE(16));
  if (position < 0) throw new AfcError(afcStatus.invalidArgument);
  file.position = position;
}

function fileLock(session: AfcSession, request: AfcRequest): void {
  const file = fileOf(session, request);
  const operation = numberAt(request.data, 8);
  const isHeldElsewhere = session.phone.moods.lockFileBusy && file.path === syncLock && operation === 6;
  const locked = session.locks.apply(file.path, file, operation);
  if (locked === undefined) throw new AfcError(afcStatus.invalidArgument);
  if (!locked || isHeldElsewhere) throw new AfcError(afcStatus.wouldBlock);
}

function renamePath({ volume }: AfcSession, request: AfcRequest): void {
  const [from, to] = stringsAt(request.data).map(volumePath);
  if (from === undefined || to === undefined) throw new AfcError(afcStatus.invalidArgument);
  const content = volume.written(from);
  // Only what a host wrote moves; the phone's own files stay where its apps expect them.
  if (!content) throw new AfcError(volume.stat(from) ? afcStatus.permissionDenied : afcStatus.notFound);
  if (!volume.stat(parentOf(to))) throw new AfcError(afcStatus.notFound);
  volume.write(to, content);
  volume.remove(from, false);
}

function setModTime({ volume }: AfcSession, request: AfcRequest): void {
  const path = pathOf(request, 8);
  if (!volume.stat(path)) throw new AfcError(afcStatus.notFound);
  volume.touch(path, Math.floor(numberAt(request.data, 0) / 1e9));
}
