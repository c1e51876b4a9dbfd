import type { SecretStorage } from 'vscode';

const keyPrefix = 'backupPassword:';

export interface Remembered {
  readonly password: string;
  /** When it was last known to be the device's. */
  readonly since: Date;
}

/** Backup passwords in the editor's secret storage, one for each device, kept only on the person's wish. */
export class Passwords {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  async get(udid: string): Promise<string | undefined> {
    return (await this.recall(udid))?.password;
  }

  async recall(udid: string): Promise<Remembered | undefined> {
    const stored = await this.#secrets.get(keyPrefix + udid);
    // The date stands before the first blank, the password may hold blanks of its own.
    const match = stored === undefined ? undefined : /^(\S+) ([^]*)$/.exec(stored);
    return match?.[1] !== undefined && match[2] !== undefined ? { since: new Date(match[1]), password: match[2] } : undefined;
  }

  async remember(udid: string, password: string): Promise<void> {
    await this.#secrets.store(keyPrefix + udid, `${new Date().toISOString()} ${password}`);
  }

  async forget(udid: string): Promise<void> {
    await this.#secrets.delete(keyPrefix + udid);
  }
}
