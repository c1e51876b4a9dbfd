import type { SecretStorage } from 'vscode';

const remembered = 'backupPassword:';

/** Backup passwords in the editor's secret storage, one for each device, kept only on the person's wish. */
export class Passwords {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  async get(udid: string): Promise<string | undefined> {
    return this.#secrets.get(remembered + udid);
  }

  async remember(udid: string, password: string): Promise<void> {
    await this.#secrets.store(remembered + udid, password);
  }

  async forget(udid: string): Promise<void> {
    await this.#secrets.delete(remembered + udid);
  }
}
