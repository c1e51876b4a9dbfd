import { commands } from 'vscode';
import { errorFacts } from '../../shared/errors.ts';
import type { Disposables } from '../disposables.ts';
import { reportFailure } from '../flows/report-failure.ts';
import type { CommandId } from '../ids.ts';
import type { CommandHandler, Services } from '../services.ts';
import { handlers } from './handlers.ts';

/** Registers every command; what a command throws ends as one worded notification. */
export function registerCommands(services: Services, owned: Disposables): void {
  for (const [id, handler] of Object.entries(handlers) as [CommandId, CommandHandler][]) {
    owned.own(commands.registerCommand(id, (argument: unknown) => guarded(services, id, handler, argument)));
  }
}

async function guarded(services: Services, id: CommandId, handler: CommandHandler, argument: unknown): Promise<void> {
  try {
    await handler(services, argument);
  } catch (error) {
    services.log.error(id, error);
    await reportFailure(services, errorFacts(error), { kind: 'command' });
  }
}
