export type BackupFault = 'not-a-backup' | 'manifest' | 'keybag' | 'password' | 'damaged' | 'unreadable';

/**
 * A folder cannot become a phone's content. The message is a sentence for a person; `subject` is a host path, or a
 * domain and path of the backup.
 */
export class BackupContentError extends RangeError {
  override readonly name = 'BackupContentError';
  readonly fault: BackupFault;
  readonly subject: string;

  constructor(fault: BackupFault, message: string, subject: string, cause?: unknown) {
    super(subject === '' ? message : `${message}: ${subject}`);
    this.cause = cause;
    this.fault = fault;
    this.subject = subject;
  }
}

export const badManifest = (message: string, subject: string, cause?: unknown): BackupContentError => {
  return new BackupContentError('manifest', message, subject, cause);
};
