import { resolve } from 'node:path';
import { window } from 'vscode';
import type { Plan } from '../../plans/index.ts';
import { useFolder } from '../flows/use-folder.ts';
import type { Services } from '../services.ts';
import { expandedHome, settings } from '../settings.ts';
import { t } from '../wording.ts';

/**
 * A plan is a file that anybody may have written: where it names another folder than the settings do, the person decides.
 * `false`: do not back up.
 */
export async function agreeOnFolder(services: Services, { library }: Pick<Plan, 'library'>): Promise<boolean> {
  const own = settings.libraryFolder();
  if (library === undefined || resolve(expandedHome(library)) === resolve(own)) return true;
  const keep = t('Keep My Folder');
  const change = t('Change Backup Folder');
  const message = t('The plan names another folder for backups than your settings.');
  const places = [t('Plan: {folder}', { folder: library }), t('Settings: {folder}', { folder: own }), t('The folder holds the backups of all devices.')];
  const answer = await window.showWarningMessage(message, { modal: true, detail: places.join('\n') }, keep, change);
  if (answer === change) await useFolder(services, expandedHome(library));
  return answer === keep || (answer === change && resolve(settings.libraryFolder()).startsWith(resolve(expandedHome(library))));
}

