import { command } from '../ids.ts';
import type { CommandId } from '../ids.ts';
import type { CommandHandler } from '../services.ts';
import { backUpNow } from './back-up-now.ts';
import { connectVirtual } from './connect-virtual.ts';
import { showLog } from './show-log.ts';

/** The handler of every command of the manifest. */
export const handlers: Readonly<Partial<Record<CommandId, CommandHandler>>> = {
  [command.backUpNow]: backUpNow,
  [command.connectVirtual]: connectVirtual,
  [command.showLog]: showLog,
};
