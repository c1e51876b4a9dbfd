import { ThemeIcon, window } from 'vscode';
import { runVerify } from '../flows/run-verify.ts';
import { entryChoice, entriesNewestFirst } from '../pick/pick-entry.ts';
import { nodeArgument } from '../presenters/nodes.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Reads every byte of a backup, or of all backups, and compares it with what was received. */
export async function verifyBackup(services: Services, argument?: unknown): Promise<void> {
  const node = nodeArgument(argument, 'entry');
  if (node) {
    await runVerify(services, node.entry);
    return;
  }
  await services.history.refresh();
  const entries = entriesNewestFirst(services).map(entryChoice);
  if (entries.length === 0) {
    void window.showInformationMessage(t('There are no backups yet.'));
    return;
  }
  const all = { label: t('All backups'), iconPath: new ThemeIcon('checklist'), value: undefined };
  const picked = await window.showQuickPick([all, ...entries], { title: t('Verify Backup'), placeHolder: t('Which backup?'), matchOnDescription: true });
  if (picked) await runVerify(services, picked.value);
}
