import { createHash } from 'node:crypto';

/** Device names of Windows; with any extension too. */
const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i;
// oxlint-disable-next-line no-control-regex
const illegal = /[\u0000-\u001f\u007f<>:"/\\|?*]/g;
const maxBytes = 200;
const digits = 6;

/**
 * One path component for any host, from a name that a device or backup gave: not empty, no separator or character that
 * some file system refuses, not reserved, not too long, not hidden by a trailing dot. A name that had to be changed gets
 * a part of its hash, so that two names do not become one. Names that are legal everywhere stay as they are.
 */
export function hostName(name: string): string {
  const wellFormed = name.toWellFormed().normalize('NFC');
  const cleaned = wellFormed.replace(illegal, '_').replace(/[. ]+$/, (end) => '_'.repeat(end.length));
  const free = reserved.test(cleaned) || cleaned === '' ? `_${cleaned}` : cleaned;
  if (free === name && Buffer.byteLength(free) <= maxBytes) return free;
  return marked(free, createHash('sha256').update(name, 'utf8').digest('hex').slice(0, digits));
}

/** `name~hash.ext`, cut to the length that every file system takes. */
function marked(name: string, hash: string): string {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= 12 ? name.slice(dot) : '';
  const stem = extension === '' ? name : name.slice(0, dot);
  return `${cut(stem, maxBytes - Buffer.byteLength(extension) - digits - 1)}~${hash}${extension}`;
}

function cut(text: string, bytes: number): string {
  let result = '';
  let length = 0;
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    result += character;
  }
  return result;
}
