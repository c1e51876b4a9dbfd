import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { ConfigurationTarget, workspace } from 'vscode';
import { setting } from './ids.ts';

export type OnConnect = 'ask' | 'notify' | 'nothing';

/** The settings, read afresh at each call. Places are of machine scope, so no workspace can redirect them. */
export const settings = {
  /** Absolute path of the library; `~/iPhone Backups` unless set. */
  libraryFolder(): string {
    const value = workspace.getConfiguration().get<string>(setting.libraryFolder, '').trim();
    const path = value.startsWith('~') ? join(homedir(), value.slice(1)) : value;
    return isAbsolute(path) ? path : join(homedir(), 'iPhone Backups');
  },

  async setLibraryFolder(folder: string): Promise<void> {
    await workspace.getConfiguration().update(setting.libraryFolder, folder, ConfigurationTarget.Global);
  },

  /** `undefined`: the platform's own. */
  muxerAddress(): string | undefined {
    return workspace.getConfiguration().get<string>(setting.muxerAddress, '').trim() || undefined;
  },

  onConnect(): OnConnect {
    return workspace.getConfiguration().get<OnConnect>(setting.onConnect, 'notify');
  },
};
