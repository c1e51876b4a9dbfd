import { commands } from 'vscode';
import type { Disposables } from '../disposables.ts';
import { attempt } from '../flows/attempt.ts';
import type { CommandId } from '../ids.ts';
import type { CommandHandler, Services } from '../services.ts';
import { handlers } from './handlers.ts';

/** Registers every command; what a command throws ends as one worded notification. */
export function registerCommands(services: Services, owned: Disposables): void {
  for (const [id, handler] of Object.entries(handlers) as [CommandId, CommandHandler][]) {
    owned.own(commands.registerCommand(id, (argument: unknown) => attempt(services, id, () => handler(services, argument))));
  }
}
