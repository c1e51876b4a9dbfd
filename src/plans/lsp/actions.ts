import { CodeActionKind, type CodeAction, type Range } from 'vscode-languageserver';
import { fixTitle } from '../problem-words.ts';
import { diagnosticOf, editIn } from './convert.ts';
import type { PlanView } from './plan-view.ts';

/** The quick fixes of all problems that touch `range`. */
export function actionsIn({ document, problems, t }: PlanView, range: Range): CodeAction[] {
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return problems
    .filter(({ range: { start, end } }) => start <= to && end >= from)
    .flatMap((problem) =>
      problem.fixes.map((fix, index) => ({
        title: fixTitle(fix, t),
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnosticOf(document, problem, t)],
        isPreferred: index === 0 && fix.code !== 'remove-line' && fix.code !== 'remove-key',
        edit: { changes: { [document.uri]: fix.edits.map((edit) => editIn(document, edit)) } },
      })),
    );
}
