import type { Phone } from '../../service.ts';

/**
 * Whether a run that ended without a verdict leaves the phone's file system snapshot behind, so that the next one ends with
 * error 3 until the phone restarts. Uncertain: one public log shows it, after a Ctrl-C with iOS 15.2; logs of later systems
 * show the next run resume. `moods.snapshotLeftover` sets the state by hand.
 */
export function leaveSnapshot(phone: Phone): void {
  if (Number.parseInt(phone.identity.iosVersion, 10) === 15) phone.setMoods({ snapshotLeftover: true });
}
