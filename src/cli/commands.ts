import { backupCommand } from './backup.ts';
import type { Command } from './command.ts';
import { diagnoseCommand } from './diagnose.ts';
import { deleteCommand } from './delete.ts';
import { devicesCommand } from './devices.ts';
import { encryptionCommand } from './encryption.ts';
import { estimateCommand } from './estimate.ts';
import { exportCommand } from './export.ts';
import { historyCommand } from './history.ts';
import { importCommand } from './import.ts';
import { mediaCommand } from './media.ts';
import { pairCommand } from './pair.ts';
import { planCommand } from './plan.ts';
import { restoreCommand } from './restore.ts';
import { verifyCommand } from './verify.ts';
import { virtualCommand } from './virtual.ts';

/** All commands, in the order of the general help. */
export const commands: readonly Command[] = [
  devicesCommand,
  pairCommand,
  estimateCommand,
  backupCommand,
  planCommand,
  encryptionCommand,
  restoreCommand,
  historyCommand,
  mediaCommand,
  verifyCommand,
  diagnoseCommand,
  deleteCommand,
  importCommand,
  exportCommand,
  virtualCommand,
];
