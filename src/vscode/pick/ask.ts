import { InputBoxValidationSeverity, QuickInputButtons, window } from 'vscode';
import type { Disposable, QuickInput, QuickPickItem } from 'vscode';
import type { Answer, StepPlace } from './steps.ts';

export interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

export interface PickQuestion<T> {
  readonly place: StepPlace;
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** What was chosen before, when one comes back to the question. */
  readonly active?: T | undefined;
}

/** One choice of several, as a step with a way back. */
export function askOne<T>({ place, placeholder, choices, active }: PickQuestion<T>): Promise<Answer<T>> {
  const pick = window.createQuickPick<Choice<T>>();
  pick.items = choices;
  pick.placeholder = placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const current = choices.find(({ value }) => value === active);
  if (current) pick.activeItems = [current];
  return conduct(pick, place, (answer) => [
    pick.onDidTriggerButton(() => answer({ kind: 'back' })),
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen) answer({ kind: 'answer', value: chosen.value });
    }),
  ]);
}

/** Any number of choices, as a step with a way back. `picked` are the ones ticked at first. */
export function askMany<T>({ place, placeholder, choices }: PickQuestion<T>, picked: readonly T[]): Promise<Answer<readonly T[]>> {
  const pick = window.createQuickPick<Choice<T>>();
  pick.canSelectMany = true;
  pick.items = choices;
  pick.placeholder = placeholder;
  pick.selectedItems = choices.filter(({ value }) => picked.includes(value));
  return conduct(pick, place, (answer) => [
    pick.onDidTriggerButton(() => answer({ kind: 'back' })),
    pick.onDidAccept(() => answer({ kind: 'answer', value: pick.selectedItems.map(({ value }) => value) })),
  ]);
}

export interface SecretQuestion {
  readonly place: StepPlace;
  readonly prompt: string;
  readonly placeholder?: string;
  /** A remark while typing; `blocks` forbids to accept. */
  readonly remark?: (text: string) => Remark | undefined;
  /** Tried when accepted. A remark that blocks refuses the answer; one that does not lets it pass when it is accepted again. */
  readonly test?: (text: string) => Promise<Remark | undefined>;
}

export interface Remark {
  readonly text: string;
  readonly tone: 'info' | 'warning' | 'error';
  readonly blocks: boolean;
}

const severities = {
  info: InputBoxValidationSeverity.Info,
  warning: InputBoxValidationSeverity.Warning,
  error: InputBoxValidationSeverity.Error,
} as const;

/** Hidden text, as a step with a way back. */
export function askSecret({ place, prompt, placeholder, remark, test }: SecretQuestion): Promise<Answer<string>> {
  const input = window.createInputBox();
  input.password = true;
  input.prompt = prompt;
  input.placeholder = placeholder;
  const show = (told: Remark | undefined): void => {
    input.validationMessage = told && { message: told.text, severity: severities[told.tone] };
  };
  let doubted: string | undefined;
  return conduct(input, place, (answer) => [
    input.onDidTriggerButton(() => answer({ kind: 'back' })),
    input.onDidChangeValue((text) => show(text === '' ? undefined : remark?.(text))),
    input.onDidAccept(async () => {
      const { value } = input;
      if (value === '' || remark?.(value)?.blocks === true) return;
      const doubt = value === doubted ? undefined : await whileBusy(input, test?.(value));
      if (!doubt) return answer({ kind: 'answer', value });
      if (!doubt.blocks) doubted = value;
      show(doubt);
    }),
  ]);
}

export interface TextQuestion<T> {
  readonly place: StepPlace;
  readonly prompt: string;
  readonly placeholder: string;
  /** What stands in the box at first. */
  readonly value: string;
  /** Read at each keystroke; with a problem, and with `undefined` for a text that says nothing yet, it cannot be accepted. */
  readonly read: (text: string) => { readonly value: T } | { readonly problem: string } | undefined;
}

/** Text that must be understood, as a step with a way back. */
export function askText<T>({ place, prompt, placeholder, value, read }: TextQuestion<T>): Promise<Answer<T>> {
  const input = window.createInputBox();
  input.prompt = prompt;
  input.placeholder = placeholder;
  input.value = value;
  input.valueSelection = [value.length, value.length];
  return conduct(input, place, (answer) => [
    input.onDidTriggerButton(() => answer({ kind: 'back' })),
    input.onDidChangeValue((text) => {
      const found = read(text);
      input.validationMessage = found && 'problem' in found ? { message: found.problem, severity: severities.error } : undefined;
    }),
    input.onDidAccept(() => {
      const found = read(input.value);
      if (found && 'value' in found) answer({ kind: 'answer', value: found.value });
    }),
  ]);
}

async function whileBusy<T>(input: QuickInput, work: Promise<T> | undefined): Promise<T | undefined> {
  input.busy = true;
  input.enabled = false;
  try {
    return await work;
  } finally {
    input.busy = false;
    input.enabled = true;
  }
}

type Settle<T> = (answer: Answer<T>) => void;

function conduct<T>(input: QuickInput & { buttons: readonly unknown[] }, place: StepPlace, listen: (answer: Settle<T>) => Disposable[]): Promise<Answer<T>> {
  input.title = place.title;
  input.step = place.step;
  input.totalSteps = place.totalSteps;
  input.ignoreFocusOut = true;
  input.buttons = place.step > 1 ? [QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    const listeners: Disposable[] = [];
    const settle: Settle<T> = (answer) => {
      for (const listener of listeners) listener.dispose();
      resolve(answer);
      input.dispose();
    };
    listeners.push(...listen(settle), input.onDidHide(() => settle({ kind: 'cancel' })));
    input.show();
  });
}
