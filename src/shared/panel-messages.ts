/* What every panel and its host say to each other; each kind of panel adds its own messages. */

/** From the page: it has been loaded, or loaded again after it was hidden, and shows nothing yet. */
export interface PanelReady {
  readonly type: 'ready';
}

/** To the page, in answer to `ready` and before anything else. */
export interface PanelStart {
  readonly type: 'start';
  /** What this panel is about, e.g. an identifier of a device; it is part of the page's saved state. */
  readonly key: string;
  /** BCP 47. */
  readonly locale: string;
  /** Sentences in the person's language by the English ones; what is missing is shown in English. */
  readonly words: Readonly<Record<string, string>>;
}

/** Longest key of a panel, in characters. */
export const panelKeyLimit = 200;

/** The key in a page's saved state, as the editor hands it back after a reload of the window; `undefined` in anything else. */
export function keyOfSavedState(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('key' in state)) return undefined;
  const { key } = state;
  return typeof key === 'string' && key !== '' && key.length <= panelKeyLimit ? key : undefined;
}
