import { randomBytes } from 'node:crypto';
import { Uri, ViewColumn, env, l10n, window } from 'vscode';
import type { Disposable, WebviewPanel } from 'vscode';
import { keyOfSavedState } from '../../shared/panel-messages.ts';
import type { PanelStart } from '../../shared/panel-messages.ts';
import { Disposables } from '../disposables.ts';
import { panelPage } from './panel-page.ts';

/** A kind of panel: one page, opened once for each key. */
export interface PanelKind<Session extends PanelSession> {
  readonly viewType: string;
  /** The page is `webview/<bundle>/index.ts`, built to `dist/webview/<bundle>.js` and `.css`. */
  readonly bundle: string;
  readonly title: (key: string) => string;
  /** Begins what stands behind the panel of `key`, which ends with the panel. `saved`: the page's state from before a reload, unparsed. */
  readonly begin: (key: string, link: PanelLink, saved: unknown) => Session | Promise<Session>;
}

export interface PanelLink {
  /** Lost while the page is hidden: it asks again by `ready` when it comes back. */
  post(message: object): void;
  setTitle(title: string): void;
  readonly isVisible: boolean;
}

export interface PanelSession extends Disposable {
  /** The page shows nothing yet: send all that is known. */
  ready(): void;
  /** Any other message, which the session parses: a page is no more trusted than a file. */
  receive(message: unknown): void;
}

interface Opened<Session> {
  readonly panel: WebviewPanel;
  readonly session: Promise<Session>;
}

/** Creates panels of one kind or brings them to the front, and takes over those that a reloaded window had open. */
export class PanelHost<Session extends PanelSession> implements Disposable {
  readonly #root: Uri;
  readonly #kind: PanelKind<Session>;
  readonly #owned = new Disposables();
  readonly #open = new Map<string, Opened<Session>>();

  /** `root` is the folder of the extension. */
  constructor(root: Uri, kind: PanelKind<Session>) {
    this.#root = root;
    this.#kind = kind;
    const deserializeWebviewPanel = async (panel: WebviewPanel, state: unknown): Promise<void> => this.#takeOver(panel, state);
    this.#owned.own(window.registerWebviewPanelSerializer(kind.viewType, { deserializeWebviewPanel }));
  }

  /** The panel of `key`, in front. */
  async show(key: string): Promise<Session> {
    const opened = this.#open.get(key);
    if (opened) {
      opened.panel.reveal();
      return await opened.session;
    }
    return await this.#adopt(key, window.createWebviewPanel(this.#kind.viewType, this.#kind.title(key), ViewColumn.Active));
  }

  dispose(): void {
    this.#owned.dispose();
    for (const { session } of this.#open.values()) void end(session);
    this.#open.clear();
  }

  async #takeOver(panel: WebviewPanel, state: unknown): Promise<void> {
    const key = keyOfSavedState(state);
    if (key === undefined || this.#open.has(key)) panel.dispose();
    else await this.#adopt(key, panel, state);
  }

  async #adopt(key: string, panel: WebviewPanel, saved?: unknown): Promise<Session> {
    const session = Promise.resolve(this.#kind.begin(key, linkTo(panel), saved));
    this.#open.set(key, { panel, session });
    panel.onDidDispose(() => {
      this.#open.delete(key);
      void end(session);
    });
    this.#connect(key, panel, await session);
    return await session;
  }

  /** The page is loaded once somebody hears it. */
  #connect(key: string, panel: WebviewPanel, session: Session): void {
    if (!this.#open.has(key)) return;
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (!isReady(message)) return session.receive(message);
      void panel.webview.postMessage(startMessage(key));
      session.ready();
    });
    this.#load(panel);
  }

  #load(panel: WebviewPanel): void {
    const { webview } = panel;
    const bundles = Uri.joinPath(this.#root, 'dist', 'webview');
    const media = Uri.joinPath(this.#root, 'media');
    const address = (file: string): string => webview.asWebviewUri(Uri.joinPath(bundles, file)).toString();
    const { bundle } = this.#kind;
    webview.options = { enableScripts: true, localResourceRoots: [bundles, media] };
    panel.iconPath = { light: Uri.joinPath(media, 'panel-light.svg'), dark: Uri.joinPath(media, 'panel-dark.svg') };
    const addresses = { source: webview.cspSource, script: address(`${bundle}.js`), style: address(`${bundle}.css`) };
    webview.html = panelPage(addresses, randomBytes(18).toString('base64url'));
  }
}

async function end(session: Promise<PanelSession>): Promise<void> {
  (await session).dispose();
}

function linkTo(panel: WebviewPanel): PanelLink {
  return {
    post: (message) => void panel.webview.postMessage(message),
    setTitle: (title) => void (panel.title = title),
    get isVisible() {
      return panel.visible;
    },
  };
}

/** The page's words are those of the whole extension: it asks for them by their English sentence, as `l10n.t` does. */
function startMessage(key: string): PanelStart {
  return { type: 'start', key, locale: env.language, words: l10n.bundle ?? {} };
}

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';
}
