import { linkStatus, mbError } from '../../../format/mb-errors.ts';
import type { BackupStatus } from '../../../format/names.ts';
import { unwrapKey } from '../../crypto/key-wrap.ts';
import { AgentError } from '../errors.ts';
import { fetchControl, underlying, type Failed } from '../link/control-files.ts';
import { fetchDatabase } from '../link/database-fetch.ts';
import { readManifestPlist, type ReadManifest } from '../plists/manifest-plist.ts';
import { readStatus } from '../plists/status-plist.ts';
import { compareVersions } from '../state/versions.ts';
import type { BackupContext } from './backup-context.ts';

const oldestStatus = '2.4';
const currentStatus = '3.3';
const futureStatus = '4.0';

/** Status.plist of the host's folder; `undefined` for a first backup. Everything but "no such file" ends the run, as on phones. */
export async function fetchStatus({ host, udid }: BackupContext): Promise<BackupStatus | undefined> {
  const path = `${udid}/Status.plist`;
  const fetched = await fetchControl(host, path);
  if (fetched.code === linkStatus.notFound) return undefined;
  if (fetched.value === undefined) throw new AgentError(mbError.hostRead, 'Error reading status', underlying(path, fetched.code, fetched.text));
  const status = readStatus(fetched.value);
  if (!status) throw new AgentError(mbError.parse, `Cannot parse status at path "${path}"`);
  return status;
}

/** Whether a backup of that status can be continued, must be set aside (before iOS 10), or is of no use. */
export function usefulness(status: BackupStatus): 'usable' | 'old' | 'unusable' {
  if (compareVersions(status.version, oldestStatus) < 0 || compareVersions(status.version, futureStatus) >= 0) return 'unusable';
  if (compareVersions(status.version, currentStatus) < 0) return 'old';
  return status.backupState === 'new' ? 'usable' : 'unusable';
}

/** Scratch copy of the last backup's manifest; `undefined` when only a full backup is possible. */
export async function fetchManifest(context: BackupContext): Promise<string | undefined> {
  const { host, udid } = context;
  const path = `${udid}/Manifest.plist`;
  const fetched = await fetchControl(host, path);
  if (fetched.value === undefined) throw damaged('properties', path, fetched);
  // A host that wants a full backup truncates Manifest.plist (pymobiledevice3): 0 bytes are no usable manifest, not a damaged one.
  const manifest = readManifestPlist(fetched.value);
  const key = manifest && isContinuable(context, manifest) ? manifestKey(context, manifest) : 'none';
  return key === 'none' ? undefined : copyDatabase(context, key);
}

/** A backup is continued only in the same encryption state and under the same keybag. */
function isContinuable({ keys }: BackupContext, manifest: ReadManifest): boolean {
  const isEncrypted = keys.password !== undefined;
  if (manifest.isEncrypted !== isEncrypted || !(manifest.version >= 10)) return false;
  return !isEncrypted || manifest.keybag?.equals(keys.keybag.bytes) === true;
}

function manifestKey({ keys }: BackupContext, { isEncrypted, manifestKey: wrapped }: ReadManifest): Buffer | undefined | 'none' {
  if (!isEncrypted) return undefined;
  const classKey = wrapped && keys.keybag.classKeys.get(wrapped.readUInt32LE(0));
  return (classKey && unwrapKey(classKey, wrapped.subarray(4))) ?? 'none';
}

async function copyDatabase({ host, udid }: BackupContext, key: Buffer | undefined): Promise<string | undefined> {
  const path = `${udid}/Manifest.db`;
  const fetched = await fetchDatabase(host, path, key);
  if (fetched === 'broken') return undefined;
  if ('path' in fetched) return fetched.path;
  throw damaged('database', path, fetched);
}

const damaged = (what: string, path: string, fetched: Failed): AgentError =>
  new AgentError(mbError.damaged, `Error reading backup ${what}`, underlying(path, fetched.code, fetched.text));
