import { homedir } from 'node:os';
import { commands, env, window, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';
import type { WordsContext } from './diagnosis/diagnosed-words.ts';
import type { EngineOptions } from './jobs/api.ts';
import { withDeadline } from './shared/cancel.ts';
import { CancelledError } from './shared/errors.ts';
import { registerCommands } from './vscode/commands/register-commands.ts';
import { ContextKeys } from './vscode/context-keys.ts';
import { Disposables } from './vscode/disposables.ts';
import { EngineHub } from './vscode/engine-hub.ts';
import { HelpDocuments, helpScheme } from './vscode/files/help-documents.ts';
import { tellIgnoredFolder } from './vscode/flows/tell-ignored-folder.ts';
import { JobController } from './vscode/jobs/job-controller.ts';
import { JobPrompts } from './vscode/jobs/job-prompts.ts';
import { StatusBar } from './vscode/jobs/status-bar.ts';
import { Log } from './vscode/log.ts';
import { OfferResume } from './vscode/offer-resume.ts';
import { OnConnect } from './vscode/on-connect.ts';
import { Panels } from './vscode/panels/panels.ts';
import { Passwords } from './vscode/passwords.ts';
import { PlanSupport } from './vscode/plans/plan-support.ts';
import { Redactor } from './vscode/presenters/redaction.ts';
import type { Services } from './vscode/services.ts';
import { settings } from './vscode/settings.ts';
import { SettingsWatcher } from './vscode/settings-watcher.ts';
import { DeviceHealth } from './vscode/views/device-health.ts';
import { DeviceStore } from './vscode/views/device-store.ts';
import { HistoryStore } from './vscode/views/history-store.ts';
import { Views } from './vscode/views/views.ts';
import { VirtualPhones } from './vscode/virtual/virtual-phones.ts';
import { t } from './vscode/wording.ts';

/** All that ends with the window ends within this, in ms; the editor waits hardly longer. */
const shutdownLimit = 2_000;

/** The editor calls `deactivate` without a context, so the way to end is kept here. */
let shutDown: (() => Promise<void>) | undefined;

export function activate(extension: ExtensionContext): void {
  const owned = new Disposables();
  extension.subscriptions.push(owned);
  const path = (name: string): string => extension.asAbsolutePath(name);

  const log = new Log(owned.own(window.createOutputChannel('iPhone Backup', { log: true })), new Redactor(homedir()));
  const keys = new ContextKeys();
  const hub = owned.own(new EngineHub(createEngine(path('dist/job-worker.js')), engineOptions));
  const jobs = owned.own(new JobController(log));
  const devices = owned.own(new DeviceStore(hub, log));
  const history = owned.own(new HistoryStore(hub, log));
  const virtualPhones = owned.own(new VirtualPhones(hub, keys, log, path('dist/cli.js')));
  const passwords = new Passwords(extension.secrets);
  const words = (): WordsContext => ({ translate: t, locale: env.language });
  const health = owned.own(new DeviceHealth({ devices, jobs, log, words, onDidChangeWindowState: window.onDidChangeWindowState }));
  const views = owned.own(new Views({ devices, history, jobs, health, keys }));
  const parts = { extension, log, keys, hub, jobs, devices, history, health, passwords, views, virtualPhones };
  const services: Services = { ...parts, panels: owned.own(new Panels(extension.extensionUri, () => services)) };

  owned.own(new StatusBar(jobs));
  owned.own(new JobPrompts(jobs));
  owned.own(new OnConnect(devices, (id, argument) => void commands.executeCommand(id, argument)));
  owned.own(new OfferResume(devices, history));
  owned.own(new SettingsWatcher(services));
  const plans = owned.own(new PlanSupport(services, path('dist/plan-server.js')));
  owned.own(workspace.registerTextDocumentContentProvider(helpScheme, new HelpDocuments()));
  registerCommands(services, owned);

  shutDown = async () => {
    health.dispose();
    const ending = Promise.all([jobs.shutdown(shutdownLimit), plans.stop()]).then(() => hub.close());
    await withDeadline(ending, shutdownLimit, () => new CancelledError('cancelled.host', 'Out of time')).catch(() => undefined);
  };
}

export async function deactivate(): Promise<void> {
  await shutDown?.();
  shutDown = undefined;
}

function engineOptions(): EngineOptions {
  tellIgnoredFolder();
  return { library: settings.libraryFolder(), muxer: settings.muxerAddress() };
}

/** The engine is loaded when something first asks for it, so that activation stays short. */
function createEngine(workerPath: string): ConstructorParameters<typeof EngineHub>[0] {
  return async (options) => {
    const { createWorkerEngine } = await import('./jobs/worker-engine.ts');
    return createWorkerEngine({ workerPath, engine: options });
  };
}
