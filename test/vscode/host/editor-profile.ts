import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** Folders of one editor that has never been started before. */
export interface EditorProfile {
  readonly home: string;
  readonly userData: string;
  readonly extensions: string;
  remove(): Promise<void>;
}

/** Keeps the workbench quiet: nothing asks, updates or looks for anything by itself. */
const quietSettings: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'git.enabled': false,
  'remote.autoForwardPorts': false,
};

/** A remote window takes settings of machine scope from a file of their own. */
export async function writeSettings(userData: string, settings: Settings): Promise<void> {
  for (const scope of ['User', 'Machine']) {
    await mkdir(join(userData, scope), { recursive: true });
    await writeFile(join(userData, scope, 'settings.json'), JSON.stringify(settings, undefined, 2));
  }
}

export async function createProfile(settings: Settings = {}): Promise<EditorProfile> {
  const home = await mkdtemp(join(tmpdir(), 'editor-'));
  const profile = { home, userData: join(home, 'data'), extensions: join(home, 'extensions') };
  await mkdir(profile.extensions);
  await writeSettings(profile.userData, { ...quietSettings, ...settings });
  return { ...profile, remove: () => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }) };
}
