import type { DeviceSummary } from '../device/types.ts';
import type { Schedule } from './plan.ts';

/** Why a scheduled backup does not run now. */
export type NotDue =
  | { readonly code: 'too-early'; readonly next: Date }
  | { readonly code: 'connection'; readonly wanted: 'usb' | 'wifi' }
  | { readonly code: 'not-charging' }
  | { readonly code: 'battery'; readonly wanted: number; readonly battery: number | undefined };

/** A timer that ran a little late yesterday is not told today that it is early: so much of the time may be missing. */
const tolerance = 0.1;

/**
 * What speaks against a run of the plan at `now`; `last` is the date of its last backup. What the device does not tell
 * counts as not fulfilled.
 */
export function notDue(schedule: Schedule, device: DeviceSummary, last: Date | undefined, now: Date): NotDue[] {
  const { every, connection, charging, battery } = schedule;
  const next = every === undefined || !last ? undefined : new Date(last.getTime() + every * (1 - tolerance));
  // A last backup in the future comes from a clock that was wrong.
  const isEarly = next !== undefined && last !== undefined && last <= now && now < next;
  const isCharged = device.isCharging === true || device.battery === 100;
  const link = connection === 'wifi' ? 'network' : 'usb';
  return [
    ...(isEarly ? [{ code: 'too-early' as const, next }] : []),
    ...(connection !== undefined && !device.connections.includes(link) ? [{ code: 'connection' as const, wanted: connection }] : []),
    ...(charging === true && !isCharged ? [{ code: 'not-charging' as const }] : []),
    ...(battery !== undefined && (device.battery ?? -1) < battery ? [{ code: 'battery' as const, wanted: battery, battery: device.battery }] : []),
  ];
}
