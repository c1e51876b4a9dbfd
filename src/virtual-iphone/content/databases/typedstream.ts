const header = Buffer.concat([
  Buffer.from([0x04, 0x0b]),
  Buffer.from('streamtyped', 'latin1'),
  Buffer.from([0x81, 0xe8, 0x03, 0x84, 0x01, 0x40, 0x84, 0x84, 0x84, 0x12]),
  Buffer.from('NSAttributedString\0', 'latin1'),
  Buffer.from([0x84, 0x84, 0x08]),
  Buffer.from('NSObject\0', 'latin1'),
  Buffer.from([0x85, 0x92, 0x84, 0x84, 0x84, 0x08]),
  Buffer.from('NSString\x01', 'latin1'),
  Buffer.from([0x94, 0x84, 0x01, 0x2b]),
]);

/** One attribute run over the whole text: message part 0. */
const attributes = Buffer.concat([
  Buffer.from([0x92, 0x84, 0x84, 0x84, 0x0c]),
  Buffer.from('NSDictionary\0', 'latin1'),
  Buffer.from([0x94, 0x84, 0x01, 0x69, 0x01, 0x92, 0x84, 0x96, 0x96, 0x1d]),
  Buffer.from('__kIMMessagePartAttributeName', 'latin1'),
  Buffer.from([0x86, 0x92, 0x84, 0x84, 0x84, 0x08]),
  Buffer.from('NSNumber\0', 'latin1'),
  Buffer.from([0x84, 0x84, 0x07]),
  Buffer.from('NSValue\0', 'latin1'),
  Buffer.from([0x94, 0x84, 0x01, 0x2a, 0x84, 0x99, 0x99, 0x00, 0x86, 0x86, 0x86]),
]);

/** `message.attributedBody`: an NSAttributedString as Apple's typedstream archiver writes it. */
export function typedStream(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const run = Buffer.concat([Buffer.from([0x86, 0x84, 0x02, 0x69, 0x49, 0x01]), integer(text.length)]);
  return Buffer.concat([header, integer(bytes.length), bytes, run, attributes]);
}

/** One byte, or 0x81 and two, or 0x82 and four bytes, little endian. */
function integer(value: number): Buffer {
  if (value < 0x80) return Buffer.from([value]);
  const wide = value > 0x7fff;
  const buffer = Buffer.alloc(wide ? 5 : 3);
  buffer.writeUInt8(wide ? 0x82 : 0x81, 0);
  if (wide) buffer.writeUInt32LE(value, 1);
  else buffer.writeUInt16LE(value, 1);
  return buffer;
}
