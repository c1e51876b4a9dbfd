import { languages, window, workspace } from 'vscode';
import type { Uri } from 'vscode';
import type { PlanOptions } from '../../plans/index.ts';
import type { Selection } from '../../shared/selection.ts';
import { editDocument, openWritable } from '../plans/edit-document.ts';
import { loadPlanTools } from '../plans/load-plan-tools.ts';
import { t } from '../wording.ts';

/** The language of plan files, as the manifest names it. */
const planLanguage = 'iphone-backup-plan';

/** Opens a new plan of this selection as an untitled file: where it is saved is the person's choice. */
export async function savePlan(selection: Selection, options: PlanOptions, device: string): Promise<void> {
  const heading = t('Backup plan for {device}', { device });
  const language = (await languages.getLanguages()).includes(planLanguage) ? planLanguage : 'yaml';
  await window.showTextDocument(await workspace.openTextDocument({ content: loadPlanTools().planText(selection, options, heading), language }));
}

/** What the plan in a document takes; `undefined` where it is gone or has errors. */
export async function selectionOfPlan(uri: Uri): Promise<Selection | undefined> {
  const document = await openWritable(uri);
  return document && readSelection(document.getText());
}

function readSelection(text: string): Selection | undefined {
  const { isError, parsePlan, planOf } = loadPlanTools();
  const { outline, problems } = parsePlan(text);
  return problems.some(isError) ? undefined : planOf(outline).selection;
}

/** Writes another selection into a plan's document, with its comments and its order; `false` where it cannot be changed. */
export async function changePlan(uri: Uri, change: (selection: Selection) => Selection): Promise<boolean> {
  return editDocument(uri, (text) => {
    const selection = readSelection(text);
    if (!selection) return undefined;
    const wanted = change(selection);
    return wanted === selection ? text : loadPlanTools().applySelection(text, wanted);
  });
}
