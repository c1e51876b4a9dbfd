import { window } from 'vscode';

export interface Danger {
  readonly question: string;
  readonly detail: string;
  /** The button that does it, e.g. `Delete`. */
  readonly action: string;
  /** The first button, which Enter presses: it does nothing. */
  readonly stay: string;
}

/** A modal whose default button is the harmless one; `true` only after the dangerous button was pressed. */
export async function confirmDanger({ question, detail, action, stay }: Danger): Promise<boolean> {
  // The first button has the focus. It must not be the close affordance, which the editor moves behind the others.
  return (await window.showWarningMessage(question, { modal: true, detail }, stay, action)) === action;
}
