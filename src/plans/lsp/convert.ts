import { DiagnosticSeverity, type Diagnostic, type Range, type TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Translate } from '../../shared/words.ts';
import { problemText } from '../problem-words.ts';
import type { PlanEdit, PlanProblem, TextRange } from '../problem.ts';

export const source = 'iPhone Backup';

export const rangeIn = (document: TextDocument, { start, end }: TextRange): Range => ({
  start: document.positionAt(start),
  end: document.positionAt(end),
});

export const editIn = (document: TextDocument, edit: PlanEdit): TextEdit => ({ range: rangeIn(document, edit), newText: edit.text });

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

export const diagnosticOf = (document: TextDocument, problem: PlanProblem, t: Translate): Diagnostic => ({
  range: rangeIn(document, problem.range),
  severity: severities[problem.severity],
  code: `plan.${problem.code}`,
  source,
  message: problemText(problem, t),
});
