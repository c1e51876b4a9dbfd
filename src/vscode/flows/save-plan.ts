import { languages, window, workspace } from 'vscode';
import type { Uri } from 'vscode';
import type { PlanOptions } from '../../plans/index.ts';
import type { Selection } from '../../shared/selection.ts';
import { editDocument } from '../plans/edit-document.ts';
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

/** Writes another selection into a plan's document, with its comments and its order; `false` where it cannot be changed. */
export async function changePlan(uri: Uri, change: (selection: Selection) => Selection): Promise<boolean> {
  const { applySelection, isError, parsePlan, planOf } = loadPlanTools();
  return editDocument(uri, (text) => {
    const { outline, problems } = parsePlan(text);
    if (problems.some(isError)) return undefined;
    const { selection } = planOf(outline);
    const wanted = change(selection);
    return wanted === selection ? text : applySelection(text, wanted);
  });
}
