import { DataError } from '../shared/errors.ts';
import type { BackupFolder } from './backup-folder.ts';

const refuse = (subject: string): never => {
  throw new DataError('data.path', 'This conversation has no folder', { subject });
};

const refuseLater = async (subject: string): Promise<never> => refuse(subject);

/** The folder of a conversation that concerns no files: whatever the device asks of it is refused. */
export const closedFolder: BackupFolder = {
  createDirectory: refuseLater,
  list: refuseLater,
  read: refuseLater,
  write: refuse,
  move: refuseLater,
  moveAll: (moves) => refuseLater(moves[0]?.[0] ?? ''),
  copy: refuseLater,
  remove: refuseLater,
  freeSpace: () => refuseLater(''),
  flush: () => refuseLater(''),
};
