import { commands, Uri } from 'vscode';
import { pickEntry } from '../pick/pick-entry.ts';
import { nodeArgument } from '../presenters/nodes.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Shows the folder of a backup in the system's file manager. */
export async function revealBackup(services: Services, argument?: unknown): Promise<void> {
  const foreign = nodeArgument(argument, 'foreign')?.foreign;
  const path = foreign?.folder ?? (await pickEntry(services, argument, { title: t('Reveal Backup in File Manager') }))?.path;
  if (path !== undefined) await commands.executeCommand('revealFileInOS', Uri.file(path));
}
