import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { ConfigurationTarget, workspace } from 'vscode';
import { setting } from './ids.ts';

export type OnConnect = 'ask' | 'notify' | 'nothing';

/** `~` alone or before a separator is the home folder. */
export const expandedHome = (folder: string): string => (/^~(?=[\\/]|$)/.test(folder) ? join(homedir(), folder.slice(1)) : folder);

const folderAsTyped = (): string => workspace.getConfiguration().get<string>(setting.libraryFolder, '').trim();

/** The settings, read afresh at each call. Places are of machine scope, so no workspace can redirect them. */
export const settings = {
  /** Absolute path of the library; `~/iPhone Backups` unless set. */
  libraryFolder(): string {
    const path = expandedHome(folderAsTyped());
    return isAbsolute(path) ? path : join(homedir(), 'iPhone Backups');
  },

  /** What is set for the library and cannot be used, because it is no whole path; `undefined` when all is well. */
  ignoredFolder(): string | undefined {
    const typed = folderAsTyped();
    return typed === '' || isAbsolute(expandedHome(typed)) ? undefined : typed;
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
