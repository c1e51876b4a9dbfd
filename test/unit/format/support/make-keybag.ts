import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { wrapKey } from '../../../../src/format/key-wrap.ts';

export interface TestKeybag {
  readonly bytes: Buffer;
  readonly classKeys: ReadonlyMap<number, Buffer>;
}

export interface KeybagShape {
  readonly password: string;
  readonly rounds?: number;
  /** Rounds of the first stage; none before iOS 10.2. */
  readonly doubleRounds?: number | undefined;
}

const deviceOnly = new Set([5, 9, 10, 11]);
const tag = (name: string, value: Buffer): Buffer => Buffer.concat([Buffer.from(name, 'latin1'), uint32(value.length), value]);

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** An encrypted backup's bag with few rounds, classes 11 to 1 as in recent iOS. */
export function makeKeybag({ password, rounds = 10, doubleRounds }: KeybagShape): TestKeybag {
  const salt = randomBytes(20);
  const doubleSalt = randomBytes(20);
  const secret = Buffer.from(password, 'utf8');
  const first = doubleRounds === undefined ? secret : pbkdf2Sync(secret, doubleSalt, doubleRounds, 32, 'sha256');
  const key = pbkdf2Sync(first, salt, rounds, 32, 'sha1');
  const classKeys = new Map(Array.from({ length: 11 }, (_, index) => [11 - index, randomBytes(32)]));
  const header = [tag('VERS', uint32(5)), tag('TYPE', uint32(1)), tag('UUID', randomBytes(16)), tag('HMCK', Buffer.alloc(40)), tag('WRAP', uint32(0))];
  const stages = [tag('SALT', salt), tag('ITER', uint32(rounds))];
  if (doubleRounds !== undefined) stages.push(tag('DPWT', uint32(1)), tag('DPIC', uint32(doubleRounds)), tag('DPSL', doubleSalt));
  const classes = [...classKeys].flatMap(([number, classKey]) => [
    tag('UUID', randomBytes(16)),
    tag('CLAS', uint32(number)),
    tag('WRAP', uint32(deviceOnly.has(number) ? 3 : 2)),
    tag('KTYP', uint32(0)),
    tag('WPKY', wrapKey(key, classKey)),
  ]);
  return { bytes: Buffer.concat([...header, ...stages, ...classes]), classKeys };
}
