import { env, l10n, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { planLanguage, planMessage } from '../../plans/lsp/protocol.ts';
import type { FactsQuestion, MeasureQuestion, PlanServerOptions } from '../../plans/lsp/protocol.ts';
import { command } from '../ids.ts';
import { loadPlanTools } from './load-plan-tools.ts';
import type { PlanKnowledge } from './plan-knowledge.ts';

/** How long the server may take to end, in ms. */
const stopLimit = 2_000;

/** The language server of plans in a process of its own, from this side. */
export class PlanClient implements Disposable {
  readonly #client: LanguageClient;

  private constructor(client: LanguageClient) {
    this.#client = client;
  }

  /** `serverPath` is the server's bundle. */
  static async start(serverPath: string, knowledge: PlanKnowledge): Promise<PlanClient> {
    const { LanguageClient: Client, TransportKind } = loadPlanTools();
    const client = new Client('iphoneBackup.plans', 'iPhone Backup Plans', { module: serverPath, transport: TransportKind.ipc }, {
      documentSelector: [{ language: planLanguage }, { language: 'json', pattern: '**/*.iphone-backup.json' }],
      initializationOptions: serverOptions(),
    });
    client.onRequest(planMessage.facts, (question: FactsQuestion) => knowledge.facts(question));
    client.onRequest(planMessage.measure, (question: MeasureQuestion) => knowledge.measure(question));
    await client.start();
    return new PlanClient(client);
  }

  async factsChanged(): Promise<void> {
    await this.#client.sendNotification(planMessage.factsChanged);
  }

  async trustGranted(): Promise<void> {
    await this.#client.sendNotification(planMessage.trust, true);
  }

  async stop(): Promise<void> {
    await this.#client.dispose(stopLimit);
  }

  dispose(): void {
    void this.stop().catch(() => undefined);
  }
}

function serverOptions(): PlanServerOptions {
  return {
    isTrusted: workspace.isTrusted,
    locale: env.language,
    ...(l10n.bundle ? { translations: l10n.bundle } : {}),
    commands: { estimate: command.estimatePlan, backUp: command.backUpPlan, trust: 'workbench.trust.manage' },
  };
}
