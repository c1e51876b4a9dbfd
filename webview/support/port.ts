import type { PanelReady, PanelStart } from '../../src/shared/panel-messages.ts';

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

/** The messages of a kind of page, to the extension and from it, besides `ready` and `start`. */
export interface Protocol {
  readonly out: object;
  readonly in: { readonly type: string };
}

/** The page's line to the extension. */
export interface Port<P extends Protocol> {
  readonly start: PanelStart;
  readonly post: (message: P['out']) => void;
  /** What `save` kept, also from before the page was hidden or the window reloaded; anything, so it is to be parsed. */
  readonly saved: unknown;
  /** Keeps `state` at most a few times a second. */
  readonly save: (state: object) => void;
}

/** State is handed to the editor at most this often, in ms. */
const saveInterval = 250;

/** Tells the extension that the page is there; `begin` is called once, with the first answer, and gives what hears all later ones. */
export function connect<P extends Protocol>(begin: (port: Port<P>) => (message: P['in']) => void): void {
  const api = acquireVsCodeApi();
  let hear: ((message: P['in']) => void) | undefined;
  addEventListener('message', ({ data }: MessageEvent<PanelStart | P['in']>) => {
    if (isStart(data)) hear ??= begin(portOf(api, data));
    else hear?.(data);
  });
  const ready: PanelReady = { type: 'ready' };
  api.postMessage(ready);
}

const isStart = (message: { readonly type: string }): message is PanelStart => message.type === 'start';

function portOf<P extends Protocol>(api: EditorApi, start: PanelStart): Port<P> {
  const saved = api.getState();
  const keep = (state: object): void => api.setState({ ...state, key: start.key });
  const saver = delayed(keep);
  if (saved === undefined) keep({});
  return { start, saved, post: (message) => api.postMessage(message), save: saver };
}

/** Calls `work` with the latest argument once in each interval, and before the page goes away. */
function delayed(work: (state: object) => void): (state: object) => void {
  let waiting: object | undefined;
  let timer: number | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting) work(waiting);
    waiting = undefined;
  };
  addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', flush);
  return (state) => {
    waiting = state;
    timer ??= setTimeout(flush, saveInterval);
  };
}
