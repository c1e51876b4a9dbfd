import { deviceOf, type PlanDocument, type PlanKnowledge } from '../plans/index.ts';
import type { HistoryEntry } from '../library/types.ts';

/** What a check could not look at, and why. */
export interface PlanGap {
  readonly code: 'no-library' | 'unreadable-library' | 'no-backup' | 'encrypted-backup' | 'unreadable-backup' | 'no-apps' | 'no-devices';
  readonly message: string;
}

/** What there is to know: `false` where there is no library, `undefined` where it could not be read. */
export type Known = (PlanKnowledge & { readonly entries: readonly HistoryEntry[]; readonly isLocked: boolean }) | false | undefined;

/** Names, patterns and sizes are compared only with what is known: where nothing is, a plan without complaints is not a good one yet. */
export function planGaps(document: PlanDocument, known: Known): PlanGap[] {
  if (known === false) return [{ code: 'no-library', message: 'there is no library yet, so nothing could be compared with devices and backups' }];
  if (!known?.facts) return [{ code: 'unreadable-library', message: 'the library cannot be read, so nothing could be compared with devices and backups' }];
  const { terms } = document.outline;
  const { apps, devices, from } = known.facts;
  const isNamed = deviceOf(document.outline) !== undefined;
  return [
    ...(isNamed && devices.length === 0 ? [{ code: 'no-devices', message: 'no device is connected or in the history, so the name of the device could not be checked' } as const] : []),
    ...(apps.length === 0 && terms.some(({ term }) => term?.kind === 'app') ? [{ code: 'no-apps', message: 'no device and no backup told its apps, so names of apps could not be checked' } as const] : []),
    ...(terms.length > 0 && !from ? [backupGap(known)] : []),
  ];
}

const unmeasured = 'so names of domains, patterns and sizes could not be checked';

function backupGap({ entries, isLocked }: Exclude<Known, false | undefined>): PlanGap {
  const [last] = entries.filter(({ kind }) => kind !== 'custom');
  if (!last) return { code: 'no-backup', message: `there is no complete backup yet, ${unmeasured}` };
  if (last.isEncrypted && isLocked) return { code: 'encrypted-backup', message: `the last backup is encrypted, ${unmeasured}; --unlock opens it` };
  return { code: 'unreadable-backup', message: `the last backup (${last.id}) does not open, ${unmeasured}` };
}
