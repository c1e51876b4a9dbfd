import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { editorCache, inProject } from '../support/paths.mjs';

const home = join(editorCache, 'start');

export const companion = inProject('scripts', 'start', 'companion');

const settings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'iphoneBackup.library.folder': join(home, 'backups'),
};

/** Folders of the editor that `npm start` opens; backups and settings made in there stay until `.vscode-test/start` is deleted. */
export async function startProfile() {
  const profile = { home, userData: join(home, 'data'), extensions: join(home, 'extensions'), workspace: join(home, 'workspace') };
  await mkdir(profile.workspace, { recursive: true });
  // A remote window takes settings of machine scope from a file of their own.
  for (const scope of ['User', 'Machine']) await writeMissing(join(profile.userData, scope), 'settings.json', settings);
  return profile;
}

async function writeMissing(folder, name, value) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), JSON.stringify(value, undefined, 2), { flag: 'wx' }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/** Makes the folders of this project stand where installed extensions are; a new build counts from the next reload. */
export async function linkExtensions({ extensions }) {
  await rm(extensions, { recursive: true, force: true });
  await mkdir(extensions, { recursive: true });
  await symlink(inProject(), join(extensions, 'iphone-backup'), 'dir');
  await symlink(companion, join(extensions, 'open-side-bar'), 'dir');
}
