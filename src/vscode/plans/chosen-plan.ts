import { Uri, window, workspace } from 'vscode';
import type { Plan } from '../../plans/index.ts';
import { t } from '../wording.ts';
import { loadPlanTools } from './load-plan-tools.ts';

export interface ChosenPlan {
  readonly plan: Plan;
  /** Of the document that it stands in. */
  readonly uri: Uri;
}

/**
 * The plan that a command was called for: of the file whose URI a lens gives, else of the active editor, with what is not
 * saved yet. `undefined` after a word to the person why there is none. Nothing is done by plans of a workspace that is
 * not trusted.
 */
export async function chosenPlan(argument: unknown): Promise<ChosenPlan | undefined> {
  if (!workspace.isTrusted) {
    void window.showWarningMessage(t('This workspace is not trusted, so its plans are not run.'));
    return undefined;
  }
  const document = typeof argument === 'string' ? await workspace.openTextDocument(Uri.parse(argument, true)) : window.activeTextEditor?.document;
  if (!document) {
    void window.showInformationMessage(t('Open a backup plan first.'));
    return undefined;
  }
  const plan = readOrTell(document.getText());
  return plan && { plan, uri: document.uri };
}

function readOrTell(text: string): Plan | undefined {
  const { parsePlan, isError, lineOf, planOf, problemText } = loadPlanTools();
  const { outline, problems } = parsePlan(text);
  const first = problems.find(isError);
  if (!first) return planOf(outline);
  const { line } = lineOf(text, first.range.start);
  void window.showErrorMessage(t('The plan has an error in line {line}: {what}', { line, what: problemText(first, t) }));
  return undefined;
}
