import { setTimeout as delay } from 'node:timers/promises';
import {
  ErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type Position,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { english, type Translate } from '../../shared/words.ts';
import { actionsIn } from './actions.ts';
import { completionAt } from './completion.ts';
import { diagnosticOf } from './convert.ts';
import { hoverAt } from './hover.ts';
import { Knowledge } from './knowledge.ts';
import { lensesOf } from './lenses.ts';
import { OpenPlan } from './open-plan.ts';
import type { PlanView } from './plan-view.ts';
import { planMessage, type PlanServerOptions, type WireFacts, type MeasureAnswer } from './protocol.ts';
import { aliasAt, formatted, linksOf, renamed, symbolsOf } from './structure.ts';

/** How long typing must rest before the client is asked for sizes, in ms. */
const restTime = 300;

/** How long a completion waits for facts that are not there yet, in ms. */
const factsPatience = 1_500;

/**
 * The language server of plan files. It reads texts only: what it knows of devices and backups it asks of the client, and
 * it works without an answer.
 */
export class PlanServer {
  readonly #connection: Connection;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #knowledge: Knowledge;
  readonly #plans = new Map<string, OpenPlan>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #options: PlanServerOptions = {};
  #t: Translate = english;
  #refreshesLenses = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#knowledge = new Knowledge({
      facts: (question) => connection.sendRequest<WireFacts | null>(planMessage.facts, question),
      measure: (question) => connection.sendRequest<MeasureAnswer>(planMessage.measure, question),
    });
  }

  start(): void {
    this.#connection.onInitialize((params) => this.#initialize(params));
    this.#connection.onShutdown(() => this.#stopTimers());
    this.#connection.onNotification(planMessage.factsChanged, () => this.#learnAnew());
    this.#connection.onNotification(planMessage.trust, (isTrusted: unknown) => this.#trust(isTrusted === true));
    this.#documents.onDidChangeContent(({ document }) => this.#read(document));
    this.#documents.onDidClose(({ document }) => this.#close(document));
    this.#answerQuestions();
    this.#documents.listen(this.#connection);
    this.#connection.listen();
  }

  #initialize({ capabilities, initializationOptions }: InitializeParams): InitializeResult {
    this.#options = (initializationOptions ?? {}) as PlanServerOptions;
    const { translations } = this.#options;
    if (translations) this.#t = translatorOf(translations);
    this.#refreshesLenses = capabilities.workspace?.codeLens?.refreshSupport === true;
    return {
      serverInfo: { name: 'iphone-backup-plans' },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        completionProvider: { triggerCharacters: [' ', '-', ':', '[', '"'] },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix'] },
        codeLensProvider: {},
        documentLinkProvider: {},
        documentSymbolProvider: true,
        documentFormattingProvider: true,
        renameProvider: { prepareProvider: true },
      },
    };
  }

  #answerQuestions(): void {
    const connection = this.#connection;
    connection.onCompletion(async ({ textDocument, position }) => completionAt(await this.#informedView(textDocument.uri), position));
    connection.onHover(async ({ textDocument, position }) => hoverAt(await this.#informedView(textDocument.uri), position));
    connection.onCodeAction(({ textDocument, range }) => actionsIn(this.#view(textDocument.uri), range));
    connection.onCodeLens(({ textDocument }) => lensesOf(this.#view(textDocument.uri)));
    connection.onDocumentLinks(({ textDocument }) => linksOf(this.#view(textDocument.uri)));
    connection.onDocumentSymbol(({ textDocument }) => symbolsOf(this.#view(textDocument.uri)));
    connection.onDocumentFormatting(({ textDocument }) => formatted(this.#view(textDocument.uri)));
    connection.onPrepareRename(({ textDocument, position }) => aliasAt(this.#view(textDocument.uri), position)?.range);
    connection.onRenameRequest(({ textDocument, position, newName }) => this.#rename(textDocument.uri, position, newName));
  }

  #rename(uri: string, position: Position, name: string): WorkspaceEdit | ResponseError {
    const view = this.#view(uri);
    const found = aliasAt(view, position);
    const refuse = (sentence: string): ResponseError => new ResponseError(ErrorCodes.InvalidParams, sentence);
    if (!found) return refuse(this.#t('Only aliases of devices can be renamed.'));
    return renamed(view, found.alias, name) ?? refuse(this.#t('An alias must be a short name that no other device of the plan has.'));
  }

  #read(document: TextDocument): void {
    const plan = new OpenPlan(document, this.#locale, this.#plans.get(document.uri)?.facts);
    this.#plans.set(document.uri, plan);
    this.#publish(plan);
    clearTimeout(this.#timers.get(document.uri));
    this.#timers.set(document.uri, setTimeout(() => void this.#learn(plan), restTime));
  }

  async #learn(plan: OpenPlan): Promise<void> {
    await plan.learnFacts(this.#knowledge);
    if (!this.#isCurrent(plan)) return;
    this.#publish(plan);
    await plan.learnFigures(this.#knowledge);
    if (!this.#isCurrent(plan)) return;
    this.#publish(plan);
    this.#refreshLenses();
  }

  #learnAnew(): void {
    this.#knowledge.forget();
    for (const plan of this.#plans.values()) void this.#learn(plan);
  }

  #trust(isTrusted: boolean): void {
    this.#options = { ...this.#options, isTrusted };
    this.#refreshLenses();
    this.#learnAnew();
  }

  #close({ uri }: TextDocument): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    this.#plans.delete(uri);
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  #publish({ document, version, problems }: OpenPlan): void {
    const diagnostics = problems.map((problem) => diagnosticOf(document, problem, this.#t));
    void this.#connection.sendDiagnostics({ uri: document.uri, version, diagnostics });
  }

  #refreshLenses(): void {
    if (this.#refreshesLenses) this.#connection.sendRequest('workspace/codeLens/refresh').catch(() => undefined);
  }

  #isCurrent = (plan: OpenPlan): boolean => this.#plans.get(plan.document.uri) === plan;

  /** The view with facts, if they come in time. */
  async #informedView(uri: string): Promise<PlanView> {
    const plan = this.#plans.get(uri);
    if (plan && !plan.facts) await Promise.race([plan.learnFacts(this.#knowledge), delay(factsPatience)]);
    return this.#view(uri);
  }

  #view(uri: string): PlanView {
    const open = this.#plans.get(uri);
    if (!open) throw new ResponseError(ErrorCodes.InvalidParams, 'The document is not open');
    const { document, plan, problems, facts, figures } = open;
    const { isTrusted = false, commands } = this.#options;
    return { document, plan, problems, facts, figures, t: this.#t, locale: this.#locale, isTrusted, commands };
  }

  get #locale(): string {
    return usableLocale(this.#options.locale);
  }

  #stopTimers(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}

const translatorOf =
  (translations: Readonly<Record<string, string>>): Translate =>
  (message, values) =>
    english(Object.hasOwn(translations, message) ? (translations[message] ?? message) : message, values);

function usableLocale(locale = 'en'): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([locale])[0] ?? 'en';
  } catch {
    // Not a language tag at all.
    return 'en';
  }
}
