/*
 * Binary property lists that no honest phone sends. Written by hand, because a proper writer cannot make them.
 */

/** `[name, [[[…]]]]`, nested 200,000 deep. */
export function deepPlist(name: string): Buffer {
  const depth = 200_000;
  const objects = [array([1, 2]), text(name)];
  for (let i = 0; i < depth; i++) objects.push(array(i === depth - 1 ? [] : [i + 3]));
  return assemble(objects);
}

/** `[name, …]` with 10^12 values in 200 bytes: each level refers ten times to the next. */
export function expandingPlist(name: string): Buffer {
  const objects = [array([1, 2]), text(name)];
  for (let level = 0; level < 12; level++) objects.push(array(Array.from({ length: 10 }, () => level + 3)));
  objects.push(Buffer.from([0x09]));
  return assemble(objects);
}

const refSize = 4;

function array(refs: readonly number[]): Buffer {
  const bytes = Buffer.alloc(1 + refs.length * refSize);
  bytes[0] = 0xa0 | refs.length;
  refs.forEach((ref, i) => bytes.writeUInt32BE(ref, 1 + i * refSize));
  return bytes;
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x5f, 0x10, value.length]), Buffer.from(value, 'latin1')]);
}

function assemble(objects: readonly Buffer[]): Buffer {
  const table = Buffer.alloc(objects.length * refSize);
  let at = 8;
  objects.forEach((object, i) => {
    table.writeUInt32BE(at, i * refSize);
    at += object.length;
  });
  const trailer = Buffer.alloc(32);
  trailer[6] = refSize;
  trailer[7] = refSize;
  trailer.writeBigUInt64BE(BigInt(objects.length), 8);
  trailer.writeBigUInt64BE(BigInt(at), 24);
  return Buffer.concat([Buffer.from('bplist00'), ...objects, table, trailer]);
}
