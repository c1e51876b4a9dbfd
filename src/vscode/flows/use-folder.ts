import { mkdir, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { window, workspace, Uri } from 'vscode';
import { errorFacts, hostError } from '../../shared/errors.ts';
import { findingLine } from '../presenters/finding-line.ts';
import { sizeText } from '../presenters/figures.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { settings } from '../settings.ts';
import { t, wording } from '../wording.ts';
import { reportFailure } from './report-failure.ts';

/** The file that marks a folder as a library of ours. */
const libraryMark = 'library.json';

/** Makes `folder` the place of the backups, or a folder inside it when it holds other things. */
export async function useFolder(services: Services, folder: string): Promise<void> {
  try {
    const place = await placeIn(folder);
    if (isInWorkspace(place) && !(await confirmWorkspace())) return;
    await mkdir(place, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = await statfs(place);
    await settings.setLibraryFolder(place);
    await services.history.refresh();
    if (services.history.error !== undefined) throw hostError(services.history.error, place);
    tellPlace(services, place, bavail * bsize);
  } catch (error) {
    await reportFailure(services, errorFacts(hostError(error, folder)), { kind: 'folder' });
  }
}

function tellPlace({ history }: Services, folder: string, free: number): void {
  const w = wording();
  const done = t('Backups go to {folder}, where {free} are free. Earlier backups stay where they are.', { folder, free: sizeText(free, w) });
  const problems = (history.history?.problems ?? []).filter(({ severity }) => severity !== 'info').map((problem) => findingLine(problem, w));
  const text = withoutLinks([done, ...problems].join(' '));
  void (problems.length > 0 ? window.showWarningMessage(text) : window.showInformationMessage(text));
}

async function placeIn(folder: string): Promise<string> {
  const names = await readdir(folder);
  return names.length === 0 || names.includes(libraryMark) ? folder : join(folder, 'iPhone Backups');
}

function isInWorkspace(place: string): boolean {
  return workspace.getWorkspaceFolder(Uri.file(place)) !== undefined;
}

async function confirmWorkspace(): Promise<boolean> {
  const use = t('Use It Anyway');
  const message = t('This folder is inside the open workspace, where other tools may read, change or upload it. A folder elsewhere is safer.');
  return (await window.showWarningMessage(message, use)) === use;
}
