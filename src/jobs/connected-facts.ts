import { listApps, listDevices, openDevice, type DeviceSummary, type InstalledApp } from '../device/index.ts';
import { EngineError } from '../shared/errors.ts';

export interface ConnectedFacts {
  readonly devices: readonly DeviceSummary[];
  /** Of `udid`, or of all trusted devices when absent. */
  readonly apps: readonly InstalledApp[];
}

/** How long phones may take together; who waits for a completion does not wait longer. */
const patience = 8_000;

/** What the connected devices tell in some seconds; a device or muxer that refuses tells nothing. */
export async function connectedFacts(muxer: string | undefined, udid: string | undefined, signal?: AbortSignal): Promise<ConnectedFacts> {
  const deadline = AbortSignal.timeout(patience);
  const limited = signal ? AbortSignal.any([signal, deadline]) : deadline;
  const devices = await orNothing(listDevices({ muxer, signal: limited }));
  const asked = devices.filter((device) => device.trust === 'trusted' && (udid === undefined || device.udid === udid));
  const lists = await Promise.all(asked.map((device) => orNothing(appsOf(muxer, device.udid, limited))));
  return { devices, apps: lists.flat() };
}

async function appsOf(muxer: string | undefined, udid: string, signal: AbortSignal): Promise<InstalledApp[]> {
  const device = await openDevice(udid, { muxer, signal });
  try {
    return await listApps(device, { type: 'User' });
  } finally {
    await device.close();
  }
}

async function orNothing<T>(work: Promise<T[]>): Promise<T[]> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EngineError || (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError'))) return [];
    throw error;
  }
}
