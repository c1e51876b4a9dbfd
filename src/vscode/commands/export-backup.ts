import { commands, Uri, window } from 'vscode';
import { reportFailure } from '../flows/report-failure.ts';
import { pickFolder } from '../pick/pick-folder.ts';
import { entryTitle, pickEntry, refOf } from '../pick/pick-entry.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Copies a backup to a folder where Finder, iTunes or other programs can use it. */
export async function exportBackup(services: Services, argument?: unknown): Promise<void> {
  const entry = await pickEntry(services, argument, { title: t('Export Backup') });
  const folder = entry && (await pickFolder(t('Export Here')));
  if (!entry || folder === undefined) return;
  const outcome = await services.jobs.run({
    kind: 'export',
    subject: entryTitle(entry),
    run: async (run) => (await services.hub.main()).exportEntry({ entry: refOf(entry), folder }, run),
  });
  if (!outcome.ok) {
    await reportFailure(services, outcome.error, { kind: 'export', retry: () => exportBackup(services, { kind: 'entry', entry }) });
    return;
  }
  const show = t('Show');
  const answer = await window.showInformationMessage(withoutLinks(t('Exported {entry}.', { entry: entryTitle(entry) })), show);
  if (answer === show) await commands.executeCommand('revealFileInOS', Uri.file(outcome.value.path));
}
