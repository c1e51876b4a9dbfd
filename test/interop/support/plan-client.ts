import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { planMessage, type FactsQuestion, type MeasureAnswer, type MeasureQuestion, type PlanServerOptions, type WireFacts } from '../../../src/plans/lsp/protocol.ts';

const server = join(import.meta.dirname, '..', '..', '..', 'src', 'plans', 'server.ts');

export interface PlanClientOptions {
  readonly facts?: (question: FactsQuestion) => WireFacts | null;
  readonly measure?: (question: MeasureQuestion) => MeasureAnswer;
  readonly initializationOptions?: PlanServerOptions;
}

/** An editor as the server sees it: a process of its own at the other end of its standard input and output. */
export class PlanClient {
  readonly connection: ProtocolConnection;
  readonly capabilities: InitializeResult['capabilities'];
  readonly asked: unknown[] = [];
  readonly #process: ChildProcess;
  readonly #diagnostics = new Map<string, readonly Diagnostic[]>();
  #listeners: (() => void)[] = [];
  #version = 1;

  private constructor(process: ChildProcess, connection: ProtocolConnection, capabilities: InitializeResult['capabilities']) {
    this.#process = process;
    this.connection = connection;
    this.capabilities = capabilities;
  }

  static async start(options: PlanClientOptions = {}): Promise<PlanClient> {
    const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    connection.listen();
    const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: { workspace: { codeLens: { refreshSupport: true } } },
      initializationOptions: options.initializationOptions,
    });
    const client = new PlanClient(child, connection, capabilities);
    client.#listen(options);
    await connection.sendNotification('initialized', {});
    return client;
  }

  async open(uri: string, text: string, languageId = 'iphone-backup-plan'): Promise<void> {
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: this.#version, text } });
  }

  async change(uri: string, text: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: ++this.#version }, contentChanges: [{ text }] });
  }

  /** The diagnostics of a file as soon as they are as wished. */
  async diagnostics(uri: string, isWished: (diagnostics: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
    for (;;) {
      const now = this.#diagnostics.get(uri);
      if (now && isWished(now)) return now;
      await new Promise<void>((resolve) => this.#listeners.push(resolve));
    }
  }

  /** Answers the server's exit code. */
  async stop(): Promise<number | null> {
    const ended = once(this.#process, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [code] = (await ended) as [number | null];
    this.connection.dispose();
    return code;
  }

  #listen({ facts, measure }: PlanClientOptions): void {
    this.connection.onRequest(planMessage.facts, (question: FactsQuestion) => {
      this.asked.push(question);
      return facts?.(question) ?? null;
    });
    this.connection.onRequest(planMessage.measure, (question: MeasureQuestion) => {
      this.asked.push(question);
      return measure?.(question) ?? null;
    });
    this.connection.onRequest('workspace/codeLens/refresh', () => null);
    this.connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
      this.#diagnostics.set(uri, diagnostics);
      for (const tell of this.#listeners.splice(0)) tell();
    });
  }
}
