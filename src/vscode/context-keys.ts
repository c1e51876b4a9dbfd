import { commands } from 'vscode';
import type { contextKey, DevicesState, HistoryState } from './ids.ts';

type ContextKeyValue<K extends string> = K extends typeof contextKey.devices
  ? DevicesState
  : K extends typeof contextKey.history
    ? HistoryState
    : boolean;

/** Writes the editor's context keys, each only when its value changes. */
export class ContextKeys {
  readonly #values = new Map<string, unknown>();

  set<K extends (typeof contextKey)[keyof typeof contextKey]>(key: K, value: ContextKeyValue<K>): void {
    if (this.#values.get(key) === value) return;
    this.#values.set(key, value);
    void commands.executeCommand('setContext', key, value);
  }
}
