import { selectionLine } from '../../selection/selection-text.ts';
import type { Selection, SelectionTerm } from '../../shared/selection.ts';
import { askText } from '../pick/ask.ts';
import type { Answer } from '../pick/steps.ts';
import { readWritten, writtenExample } from '../presenters/written-selection.ts';
import { t, wording } from '../wording.ts';

/** Asks for a selection in the words of plans and the command line, beginning with what was ticked. */
export function writeSelection(title: string, ticked: readonly SelectionTerm[]): Promise<Answer<Selection>> {
  return askText({
    place: { title, step: 2, totalSteps: 2 },
    prompt: t('What to keep, joined by commas; “except” before what to leave out. For example: {example}', { example: writtenExample }),
    placeholder: writtenExample,
    value: selectionLine({ include: ticked, exclude: [] }),
    read: (text) => {
      const written = readWritten(text, wording());
      if (written.kind === 'selection') return { value: written.selection };
      return written.kind === 'problem' ? { problem: written.text } : undefined;
    },
  });
}
