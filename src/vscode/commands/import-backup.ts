import { basename } from 'node:path';
import { window } from 'vscode';
import { reportFailure } from '../flows/report-failure.ts';
import { entryTitle } from '../pick/pick-entry.ts';
import { pickFolder } from '../pick/pick-folder.ts';
import { nodeArgument } from '../presenters/nodes.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Copies a backup of another program into the history; the original is only read. */
export async function importBackup(services: Services, argument?: unknown): Promise<void> {
  const folder = nodeArgument(argument, 'foreign')?.foreign.folder ?? (await pickFolder(t('Import This Backup')));
  if (folder === undefined) return;
  const outcome = await services.jobs.run({
    kind: 'import',
    subject: basename(folder),
    run: async (run) => (await services.hub.main()).importFolder({ folder }, run),
  });
  await services.history.refresh();
  if (!outcome.ok) {
    await reportFailure(services, outcome.error, { kind: 'import' });
    return;
  }
  const entry = outcome.value;
  const show = t('Show');
  const answer = await window.showInformationMessage(withoutLinks(t('Imported {entry}.', { entry: entryTitle(entry) })), show);
  if (answer === show) await services.views.revealEntry(entry);
}
