/** One tag of a keybag: four ASCII letters and a value; values of four bytes are numbers. */
export type Tag = readonly [name: string, value: Buffer | number];

/** `tag[4] length[u32 BE] value`, one after the other. */
export function writeTags(tags: readonly Tag[]): Buffer {
  return Buffer.concat(
    tags.map(([name, value]) => {
      const bytes = typeof value === 'number' ? Buffer.alloc(4) : value;
      if (typeof value === 'number') bytes.writeUInt32BE(value);
      const head = Buffer.alloc(8);
      head.write(name, 0, 'latin1');
      head.writeUInt32BE(bytes.length, 4);
      return Buffer.concat([head, bytes]);
    }),
  );
}

/** `undefined` when a tag is cut off. */
export function readTags(bytes: Buffer): Tag[] | undefined {
  const tags: Tag[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) return undefined;
    const length = bytes.readUInt32BE(at + 4);
    const end = at + 8 + length;
    if (end > bytes.length) return undefined;
    const value = bytes.subarray(at + 8, end);
    tags.push([bytes.toString('latin1', at, at + 4), length === 4 ? value.readUInt32BE(0) : value]);
    at = end;
  }
  return tags;
}
