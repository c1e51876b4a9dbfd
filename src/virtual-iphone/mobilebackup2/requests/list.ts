import { mbError } from '../../../format/mb-errors.ts';
import type { PlistDict } from '../../../plist/index.ts';
import type { Answer } from '../answer.ts';
import { AgentError } from '../errors.ts';
import type { HostFolder } from '../link/host-folder.ts';
import { manifestRows, type SourceRow } from '../manifest/manifest-rows.ts';
import { readRecord } from '../manifest/record-reader.ts';
import { openSource } from '../restore/backup-source.ts';
import { dropScratch } from '../../state/scratch.ts';
import { passwordIn, sourceName } from './source.ts';

/** A longer list would not fit the agent's memory. */
const maxCharacters = 32 << 20;

/** `List`: domain, path, mode, size and time of each file as comma-separated values. Real phones since iOS 10 fail at it. */
export async function listBackup(host: HostFolder, request: PlistDict): Promise<Answer> {
  const source = await openSource(host, sourceName(host, request), passwordIn(request));
  try {
    const lines: string[] = [];
    let length = 0;
    for (const row of manifestRows(source.database)) {
      const line = lineOf(row);
      length += line.length;
      if (length > maxCharacters) throw new AgentError(mbError.generic, 'Too many files to list');
      lines.push(line);
    }
    return { content: lines.join('') };
  } finally {
    dropScratch(source.database);
  }
}

function lineOf(row: SourceRow): string {
  const record = readRecord(row.file);
  const modified = record ? new Date(record.modified * 1000).toISOString() : '';
  return `${[row.domain, row.path, record?.mode.toString(8) ?? '', String(record?.size ?? ''), modified].map(field).join(',')}\n`;
}

const field = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
