import { workspace } from 'vscode';
import type { Disposable, TextDocument } from 'vscode';
import { planLanguage } from '../../plans/lsp/protocol.ts';
import { Disposables } from '../disposables.ts';
import type { Services } from '../services.ts';
import { PlanClient } from './plan-client.ts';
import { PlanKnowledge } from './plan-knowledge.ts';

/** Starts the language server when the first plan is opened, and tells it what changes. */
export class PlanSupport implements Disposable {
  readonly #services: Services;
  readonly #serverPath: string;
  readonly #knowledge: PlanKnowledge;
  readonly #owned = new Disposables();
  #client: Promise<PlanClient | undefined> | undefined;
  #toldState = '';

  constructor(services: Services, serverPath: string) {
    this.#services = services;
    this.#serverPath = serverPath;
    this.#knowledge = new PlanKnowledge(services);
    this.#owned.own(workspace.onDidOpenTextDocument((document) => this.#startFor(document)));
    this.#owned.own(workspace.onDidGrantWorkspaceTrust(() => void this.#withClient((client) => client.trustGranted())));
    this.#owned.own(services.devices.onDidChange(() => this.#tellChanges()));
    this.#owned.own(services.history.onDidChange(() => this.#tellChanges()));
    for (const document of workspace.textDocuments) this.#startFor(document);
  }

  /** Ends the server; resolves when it has ended. */
  async stop(): Promise<void> {
    await this.#withClient((client) => client.stop());
    this.#client = undefined;
  }

  dispose(): void {
    this.#owned.dispose();
    void this.stop();
  }

  #startFor({ languageId, uri }: TextDocument): void {
    const isPlan = languageId === planLanguage || (languageId === 'json' && uri.path.endsWith('.iphone-backup.json'));
    if (!isPlan || this.#client) return;
    this.#toldState = this.#knowledge.state;
    this.#client = PlanClient.start(this.#serverPath, this.#knowledge).catch((error: unknown) => {
      this.#services.log.error('The language server of plans did not start', error);
      return undefined;
    });
  }

  #tellChanges(): void {
    const { state } = this.#knowledge;
    if (!this.#client || state === this.#toldState) return;
    this.#toldState = state;
    void this.#withClient((client) => client.factsChanged());
  }

  async #withClient(work: (client: PlanClient) => Promise<void>): Promise<void> {
    try {
      const client = await this.#client;
      if (client) await work(client);
    } catch (error) {
      this.#services.log.error('The language server of plans', error);
    }
  }
}
