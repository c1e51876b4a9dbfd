import { Duplex, duplexPair } from 'node:stream';
import { openLink, runBackup, type BackupFolder, type ConversationResult } from '../../../../src/mobilebackup2/index.ts';
import { EngineError } from '../../../../src/shared/errors.ts';
import { fullBackup } from './full-backup.ts';
import { MemoryFolder } from './memory-folder.ts';
import { ScriptedDevice, udid } from './scripted-device.ts';
import { shortTimings } from './session.ts';

const isDeviceListed = async (): Promise<boolean> => false;

/** Every byte that a phone sends in a full backup, the opening included. */
export async function recordBackup(): Promise<Buffer> {
  const [near, far] = duplexPair();
  const pieces: Buffer[] = [];
  near.on('data', (chunk: Buffer) => pieces.push(chunk));
  const device = new ScriptedDevice(far);
  const opening = openLink(near, { isDeviceListed });
  await device.open();
  const link = await opening;
  await Promise.all([runBackup(link, new MemoryFolder(), { udid, full: true }), fullBackup(device)]);
  await link.close();
  return Buffer.concat(pieces);
}

/** Offsets of all length fields: whatever a phone sends is units one after the other. */
export function unitOffsets(bytes: Buffer): number[] {
  const offsets: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4 + bytes.readUInt32BE(at)) offsets.push(at);
  return offsets;
}

/** A socket on which `bytes` arrive, then the end, or nothing any more; what is sent to it is swallowed. */
export function socketWith(bytes: Buffer, end: 'closed' | 'silent'): Duplex {
  let isSent = false;
  return new Duplex({
    read() {
      if (isSent) return;
      isSent = true;
      this.push(bytes);
      if (end === 'closed') this.push(null);
    },
    write(_chunk, _encoding, done) {
      done();
    },
  });
}

/** A backup over a socket. Anything but a result or an error of the engine is thrown. */
export async function backupOver(socket: Duplex, folder: BackupFolder = new MemoryFolder()): Promise<ConversationResult | EngineError> {
  try {
    const link = await openLink(socket, { isDeviceListed, timings: shortTimings });
    const result = await runBackup(link, folder, { udid, full: true });
    await link.close();
    return result;
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
}

/** mulberry32: small, seeded, good enough to pick bytes. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A copy with a few bytes changed; one in ten is cut as well. */
export function mutate(bytes: Buffer, next: () => number): Buffer {
  const copy = Buffer.from(bytes);
  for (let n = 1 + Math.floor(next() * 4); n > 0; n--) copy[Math.floor(next() * copy.length)] = Math.floor(next() * 256);
  return next() < 0.1 ? copy.subarray(0, Math.floor(next() * copy.length)) : copy;
}
