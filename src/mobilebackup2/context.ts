import type { BackupFolder } from './backup-folder.ts';
import type { DeviceLink } from './device-link.ts';
import type { ConversationRecord } from './record.ts';
import type { Answer } from './status.ts';

export type ConversationKind = 'backup' | 'restore' | 'info' | 'change-password';

/** What the handlers of a conversation's operations work with. */
export interface Context {
  readonly kind: ConversationKind;
  readonly link: DeviceLink;
  readonly folder: BackupFolder;
  readonly record: ConversationRecord;
}

/** Answers with `success` when `work` on the folder resolves, else with the status of its failure, which is noted. */
export async function answerFor(context: Context, subject: string, work: () => Promise<void>, success: Answer): Promise<Answer> {
  try {
    await work();
    return success;
  } catch (error) {
    return context.record.failure(error, subject);
  }
}
