import { mbError } from '../../../format/mb-errors.ts';
import type { PlistDict } from '../../../plist/index.ts';
import type { Phone } from '../../service.ts';
import type { Answer } from '../answer.ts';
import { AgentError } from '../errors.ts';
import { requireOwnTarget } from '../backup/preconditions.ts';
import { requireOk } from '../backup/host-files.ts';
import type { HostFolder } from '../link/host-folder.ts';
import { sourceName } from '../requests/source.ts';
import { dropScratch } from '../../state/scratch.ts';
import { appsAfter, knownContainers } from './apps.ts';
import { openSource, type BackupSource } from './backup-source.ts';
import { downloadContent } from './download.ts';
import { ItemTable } from './item-table.ts';
import { readOptions, type RestoreOptions } from './options.ts';
import { listPhoneBefore } from './phone-before.ts';
import { checkAncestors, planRestore, restoreFilter } from './plan.ts';
import { RestoredContent } from './restored-content.ts';
import { settleItems } from './settle.ts';
import { RestoreStore } from './store.ts';

/** The phone's time from the host's goodbye to going down: hosts then close their other services. */
const rebootDelay = 500;
/** The time it is away, in ms; short of a real one's minutes. */
const rebootAbsence = 1000;

/** The `Restore` request. The phone takes its new content, and restarts, after the verdict. */
export async function runRestore(host: HostFolder, request: PlistDict): Promise<Answer> {
  const { phone } = host.link;
  const asked = readOptions(request);
  requireOwnTarget(phone, request);
  checkRestoreAllowed(phone);
  const source = await openSource(host, sourceName(host, request), asked.password);
  const options = { ...asked, systemFiles: restoresSystem(phone, source, asked) };
  const store = new RestoreStore();
  try {
    const content = await fillStore(host, source, store, options);
    return { afterwards: () => takeOver(phone, content, options), atTheEnd: options.shouldReboot ? () => phone.restart(rebootAbsence, rebootDelay) : undefined };
  } catch (error) {
    store.close();
    throw error;
  } finally {
    dropScratch(source.database);
  }
}

function checkRestoreAllowed({ moods }: Phone): void {
  if (moods.findMy) throw new AgentError(mbError.findMy, 'Find My iPhone must be disabled before restoring');
  if (moods.locked) throw new AgentError(mbError.locked, 'Device locked');
}

/** A backup that names its device class decides by that, whatever the host asks. */
function restoresSystem({ identity }: Phone, { manifest }: BackupSource, { systemFiles }: RestoreOptions): boolean {
  return manifest.deviceClass === undefined ? systemFiles : identity.productType.startsWith(manifest.deviceClass);
}

async function fillStore(host: HostFolder, source: BackupSource, store: RestoreStore, options: RestoreOptions): Promise<RestoredContent> {
  const { phone } = host.link;
  const before = phone.content;
  const apps = appsAfter(phone);
  const table = new ItemTable(store);
  await listPhoneBefore(store, table, before, options);
  const bytes = await planRestore(table, source, restoreFilter(table, options, knownContainers(apps, source)));
  checkAncestors(store);
  checkPlace(phone, bytes);
  if (!options.dontCopyBackup) await copyBackup(host, source.name);
  await downloadContent(host, source, store, table, bytes);
  settleItems(store, options);
  return new RestoredContent(store, before, apps);
}

function checkPlace({ moods }: Phone, bytes: number): void {
  if (moods.restoredWithoutRestart) {
    const cause = 'File exists (NSPOSIXErrorDomain/17)';
    throw new AgentError(mbError.deviceWrite, 'Failed to move the incomplete restore directory into place at path "/var/.backup.i"', cause);
  }
  if (moods.freeSpace !== undefined && bytes > moods.freeSpace) throw new AgentError(mbError.deviceSpace, 'Not enough free space on device');
}

/** The phone has the host keep a copy of the backup as it was: `<name>-yyyyMMdd-HHmmss`. */
async function copyBackup(host: HostFolder, name: string): Promise<void> {
  const stamp = host.link.phone.now().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  requireOk(await host.copy(name, `${name}-${stamp}`), 'Error copying backup');
}

/**
 * On a phone the files come into place at the restart. Here they are there at once; without a restart the phone
 * refuses the next restore, as real ones do.
 */
function takeOver(phone: Phone, content: RestoredContent, options: RestoreOptions): void {
  phone.content = content;
  if (!options.shouldReboot) phone.setMoods({ restoredWithoutRestart: true });
}
