import { window } from 'vscode';
import type { MessageItem } from 'vscode';

export interface Danger {
  readonly question: string;
  readonly detail: string;
  /** The button that does it, e.g. `Delete`. */
  readonly action: string;
  /** The button that does nothing; Escape and closing the dialog press it. */
  readonly stay: string;
}

/** A modal with two buttons; `true` only after the dangerous one was pressed. */
export async function confirmDanger({ question, detail, action, stay }: Danger): Promise<boolean> {
  // Without a close affordance the editor adds a `Cancel` of its own beside our word.
  const close: MessageItem = { title: stay, isCloseAffordance: true };
  const go: MessageItem = { title: action };
  return (await window.showWarningMessage(question, { modal: true, detail }, close, go)) === go;
}
