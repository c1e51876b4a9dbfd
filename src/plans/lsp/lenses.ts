import type { CodeLens } from 'vscode-languageserver';
import { sizeText } from '../../shared/size-text.ts';
import { isError } from '../problem.ts';
import type { PlanView } from './plan-view.ts';

/** "Estimate" and "Back Up Now" above the plan; in a workspace that is not trusted, or with errors, only why there are none. */
export function lensesOf(view: PlanView): CodeLens[] {
  const { commands, document, problems, t, isTrusted } = view;
  if (!commands) return [];
  const start = document.positionAt(view.plan.outline.keys[0]?.key.start ?? 0);
  const lens = (title: string, command: string): CodeLens => ({
    range: { start, end: start },
    command: { title, command, arguments: [document.uri] },
  });
  if (!isTrusted) return [lens(t('$(shield) This workspace is not trusted, so its plans are not run'), commands.trust)];
  if (problems.some(isError)) return [lens(t('$(error) This plan has errors and cannot be run'), '')];
  return [lens(estimateTitle(view), commands.estimate), lens(t('$(desktop-download) Back Up Now'), commands.backUp)];
}

function estimateTitle({ figures, locale, t }: PlanView): string {
  if (!figures) return t('$(graph) Estimate');
  return t('$(graph) Estimate ({size} in the last backup)', { size: sizeText(figures.total.bytes, locale) });
}
