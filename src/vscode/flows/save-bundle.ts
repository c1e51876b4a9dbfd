import { readdir, readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { Uri, version, window, workspace } from 'vscode';
import { redactorHere } from '../../diagnosis/bundle-redactor.ts';
import { bundleText, supportBundle } from '../../diagnosis/support-bundle.ts';
import type { DiagnosisReport } from '../../shared/diagnosis-report.ts';
import type { Redactor } from '../../shared/redaction.ts';
import type { Services } from '../services.ts';
import { settings } from '../settings.ts';
import { t } from '../wording.ts';

/** Shows the redacted bundle as it would be saved, then asks where to. */
export async function saveBundle(services: Services, report: DiagnosisReport | undefined): Promise<void> {
  await services.history.load();
  const { entries = [], drafts = [], runs = [] } = services.history.history ?? {};
  const [log, redactor] = await Promise.all([readLog(services), redactorFor(services)]);
  const bundle = supportBundle({ report, versions: versionsOf(services), log, history: { entries, drafts, runs }, redactor });
  const document = await workspace.openTextDocument({ content: bundleText(bundle) });
  await window.showTextDocument(document, { preview: true });
  const save = t('Save…');
  const question = t('This is all that the support bundle holds. Read it before you give it to anybody.');
  if ((await window.showInformationMessage(question, save)) !== save) return;
  const target = await window.showSaveDialog({ saveLabel: t('Save Support Bundle'), defaultUri: Uri.file('iphone-backup-support.txt') });
  if (target) await workspace.fs.writeFile(target, Buffer.from(document.getText()));
}

async function redactorFor({ devices: { devices }, history }: Services): Promise<Redactor> {
  const { entries = [], drafts = [], foreign = [] } = history.history ?? {};
  const opened = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  return await redactorHere({ folders: [settings.libraryFolder(), ...opened], devices, named: [...entries, ...drafts, ...foreign] });
}

function versionsOf({ extension }: Services): Record<string, string> {
  const { version: own } = extension.extension.packageJSON as { readonly version: string };
  return { 'iphone-backup': own, vscode: version, node: process.version, system: `${process.platform} ${release()} ${process.arch}` };
}

/** What the log channel has written in this window; nothing where it keeps no files. */
async function readLog({ extension }: Services): Promise<string[]> {
  const folder = extension.logUri.fsPath;
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(names.filter((name) => name.endsWith('.log')).map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
  return texts.join('\n').split('\n');
}
