/* The few kinds of protobuf fields that Apple's notes need. */

const wire = { varint: 0, length: 2 } as const;

export const varint = (field: number, value: number): Buffer => Buffer.concat([number((field << 3) | wire.varint), number(value)]);

export const text = (field: number, value: string): Buffer => message(field, Buffer.from(value, 'utf8'));

/** A length-delimited field. */
export function message(field: number, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  return Buffer.concat([number((field << 3) | wire.length), number(bytes.length), bytes]);
}

function number(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.from([...bytes, rest]);
}
