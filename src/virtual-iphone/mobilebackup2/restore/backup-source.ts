import { mbError } from '../../../format/mb-errors.ts';
import { openKeybag, type Keybag } from '../../crypto/keybag.ts';
import { unwrapKey } from '../../crypto/key-wrap.ts';
import { asDict, asString, PlistError, readPlist, type PlistDict } from '../../../plist/index.ts';
import { AgentError } from '../errors.ts';
import { fetchControl, underlying, type Failed } from '../link/control-files.ts';
import { fetchDatabase } from '../link/database-fetch.ts';
import type { HostFolder } from '../link/host-folder.ts';
import { readManifestPlist, type ReadManifest } from '../plists/manifest-plist.ts';
import { readStatus } from '../plists/status-plist.ts';
import { dropScratch } from '../../state/scratch.ts';
import { compareVersions } from '../state/versions.ts';

/** A backup on the host, opened: its plists are valid and its keys known. */
export interface BackupSource {
  /** Name of its folder. */
  readonly name: string;
  readonly manifest: ReadManifest;
  /** Scratch copy of Manifest.db, decrypted; the user of the source drops it. */
  readonly database: string;
  readonly keybag: Keybag;
  readonly info: PlistDict;
}

/** Reads Status.plist, Manifest.plist, Manifest.db and Info.plist of a backup, in this order, and checks each. */
export async function openSource(host: HostFolder, name: string, password: string | undefined): Promise<BackupSource> {
  await checkStatus(host, name);
  const manifest = readManifestPlist(await fetchRequired(host, `${name}/Manifest.plist`, 'properties'));
  if (!manifest) throw new AgentError(mbError.damaged, 'Error reading backup properties');
  checkVersions(manifest);
  const keybag = await unlock(manifest, password);
  const database = await copyDatabase(host, name, databaseKey(manifest, keybag));
  try {
    return { name, manifest, keybag, database, info: await fetchInfo(host, name) };
  } catch (error) {
    dropScratch(database);
    throw error;
  }
}

async function checkStatus(host: HostFolder, name: string): Promise<void> {
  const path = `${name}/Status.plist`;
  const fetched = await fetchControl(host, path);
  if (fetched.value === undefined) throw new AgentError(mbError.hostRead, 'Error reading status', underlying(path, fetched.code, fetched.text));
  const status = readStatus(fetched.value);
  if (!status) throw new AgentError(mbError.parse, `Cannot parse status at path "${path}"`);
  if (compareVersions(status.version, '2.4') < 0 || compareVersions(status.version, '4.0') >= 0 || status.backupState === 'old') {
    throw new AgentError(mbError.version, 'Unsupported status version');
  }
  if (status.backupState === 'empty') throw new AgentError(mbError.empty, 'Backup is empty');
  if (status.snapshotState !== 'finished') throw new AgentError(mbError.damaged, `Backup is not complete: ${status.snapshotState}`);
}

/** Ranges that the restore engine of iOS 15 to 18 accepts; this phone reads Manifest.db only, which begins at 10. */
function checkVersions({ version, systemDomainsVersion }: ReadManifest): void {
  if (!(version >= 10 && version < 11)) throw new AgentError(mbError.version, `Unsupported backup version: ${version}`);
  if (!(systemDomainsVersion >= 3 && systemDomainsVersion < 25)) {
    throw new AgentError(mbError.version, `Unsupported system domains version: ${systemDomainsVersion}`);
  }
}

async function unlock({ keybag, isEncrypted }: ReadManifest, password: string | undefined): Promise<Keybag> {
  if (!keybag) throw new AgentError(mbError.damaged, 'No keybag in backup');
  const opened = await openKeybag(keybag, isEncrypted ? (password ?? '') : '');
  if (opened === 'damaged') throw new AgentError(mbError.damaged, 'Invalid keybag in backup');
  if (opened === 'password') {
    throw new AgentError(mbError.password, 'Invalid password when restoring encrypted backup', 'MKBKeyBagUnlock error (-3) (MBErrorDomain/207)');
  }
  return opened;
}

function databaseKey({ isEncrypted, manifestKey }: ReadManifest, { classKeys }: Keybag): Buffer | undefined {
  if (!isEncrypted || !manifestKey) return undefined;
  const classKey = manifestKey.length === 44 ? classKeys.get(manifestKey.readUInt32LE(0)) : undefined;
  const key = classKey && unwrapKey(classKey, manifestKey.subarray(4));
  if (!key) throw new AgentError(mbError.damaged, 'Invalid manifest key in backup');
  return key;
}

async function copyDatabase(host: HostFolder, name: string, key: Buffer | undefined): Promise<string> {
  const path = `${name}/Manifest.db`;
  const fetched = await fetchDatabase(host, path, key);
  if (fetched === 'broken') throw new AgentError(mbError.damaged, 'Error reading backup database');
  if ('path' in fetched) return fetched.path;
  throw damaged('database', path, fetched);
}

/** Info.plist is the host's own; a phone wants it readable and looks at the product version only. */
async function fetchInfo(host: HostFolder, name: string): Promise<PlistDict> {
  const info = parseDict(await fetchRequired(host, `${name}/Info.plist`, 'information'));
  const version = asString(info['Product Version']);
  if (version !== undefined && compareVersions(version, host.link.phone.identity.iosVersion) > 0) {
    throw new AgentError(mbError.version, `Backup of iOS ${version} is newer than this device`);
  }
  return info;
}

function parseDict(bytes: Buffer): PlistDict {
  try {
    return asDict(readPlist(bytes)) ?? {};
  } catch (error) {
    if (!(error instanceof PlistError)) throw error;
    throw new AgentError(mbError.parse, 'Cannot parse backup information');
  }
}

async function fetchRequired(host: HostFolder, path: string, what: string): Promise<Buffer> {
  const fetched = await fetchControl(host, path);
  if (fetched.value === undefined) throw damaged(what, path, fetched);
  return fetched.value;
}

const damaged = (what: string, path: string, fetched: Failed): AgentError =>
  new AgentError(mbError.damaged, `Error reading backup ${what}`, underlying(path, fetched.code, fetched.text));
