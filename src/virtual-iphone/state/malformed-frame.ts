import type { HostileMood } from '../contract.ts';
import { writeBinaryPlist } from '../../plist/index.ts';
import { deepPlist, expandingPlist } from './malformed-plists.ts';

export type HostileForm = Exclude<NonNullable<HostileMood['form']>, 'path'>;

/** A frame (`u32 BE length` and bytes) that no honest phone sends, in place of the message `name`. */
export function malformedFrame(name: string, form: HostileForm): Buffer {
  switch (form) {
    case 'absurd-length':
      return Buffer.from([0xff, 0xff, 0xff, 0xf0, 0x62, 0x70]);
    case 'truncated-frame':
      return Buffer.from([0, 0, 4, 0, 0x62, 0x70, 0x6c]);
    case 'deep-plist':
      return framed(deepPlist(name));
    case 'huge-plist':
      return framed(expandingPlist(name));
    case 'wrong-count':
      return framed(writeBinaryPlist([name]));
  }
}

function framed(body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}
