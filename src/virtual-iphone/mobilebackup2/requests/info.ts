import { asDate, asNumber, asString, type PlistDict, type PlistValue } from '../../../plist/index.ts';
import type { Answer } from '../answer.ts';
import type { HostFolder } from '../link/host-folder.ts';
import { openSource } from '../restore/backup-source.ts';
import { dropScratch } from '../../state/scratch.ts';
import { passwordIn, sourceName } from './source.ts';

/** `Info`: the facts of a backup, a line each. Real phones since iOS 10 fail at it. */
export async function describeBackup(host: HostFolder, request: PlistDict): Promise<Answer> {
  const source = await openSource(host, sourceName(host, request), passwordIn(request));
  dropScratch(source.database);
  const lines = [`Encrypted: ${source.manifest.isEncrypted ? 'yes' : 'no'}`];
  for (const [key, value] of Object.entries(source.info)) {
    const text = plainText(value);
    if (text !== undefined) lines.push(`${key}: ${text}`);
  }
  return { content: `${lines.join('\n')}\n` };
}

const plainText = (value: PlistValue): string | undefined => asString(value) ?? asDate(value)?.toISOString() ?? asNumber(value)?.toString();
