import { asArray, asDict } from './access.ts';
import { PlistError, PlistReal, PlistUid, type PlistValue } from './value.ts';

const head =
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">\n';

/** Writes an XML property list as Apple's tools do (tab indentation). Characters that XML cannot hold are left out. */
export function writeXmlPlist(value: PlistValue): Buffer {
  const lines: string[] = [];
  writeValue(value, '', lines);
  return Buffer.from(`${head}${lines.join('\n')}\n</plist>\n`, 'utf8');
}

function writeValue(value: PlistValue, indent: string, lines: string[]): void {
  const array = asArray(value);
  if (array) {
    writeContainer('array', array.length, indent, lines, () => array.forEach((item) => writeValue(item, `${indent}\t`, lines)));
    return;
  }
  const dict = asDict(value);
  if (!dict) {
    lines.push(indent + scalar(value));
    return;
  }
  const entries = Object.entries(dict);
  writeContainer('dict', entries.length, indent, lines, () => {
    for (const [key, item] of entries) {
      lines.push(`${indent}\t<key>${escape(key)}</key>`);
      writeValue(item, `${indent}\t`, lines);
    }
  });
}

function writeContainer(tag: string, size: number, indent: string, lines: string[], writeItems: () => void): void {
  if (size === 0) {
    lines.push(`${indent}<${tag}/>`);
    return;
  }
  lines.push(`${indent}<${tag}>`);
  writeItems();
  lines.push(`${indent}</${tag}>`);
}

function scalar(value: PlistValue): string {
  if (typeof value === 'string') return `<string>${escape(value)}</string>`;
  if (typeof value === 'number' || typeof value === 'bigint') return `<integer>${value}</integer>`;
  if (typeof value === 'boolean') return `<${value}/>`;
  if (value instanceof Date) return `<date>${value.toISOString().replace(/\.\d+Z$/, 'Z')}</date>`;
  if (value instanceof PlistReal) return `<real>${value.value}</real>`;
  if (Buffer.isBuffer(value)) return `<data>${value.toString('base64')}</data>`;
  if (value instanceof PlistUid) throw new PlistError('A UID cannot be written as XML');
  throw new PlistError('Null cannot be written as XML');
}

function escape(text: string): string {
  // oxlint-disable-next-line no-control-regex
  const legal = text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  return legal.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
