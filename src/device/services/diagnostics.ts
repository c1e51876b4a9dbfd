import { asBoolean, asDict, asString, emptyDict, type PlistDict, type PlistValue } from '../../plist/index.ts';
import { DeviceError, EngineError } from '../../shared/errors.ts';
import type { DeviceConnection } from '../connection.ts';
import { PlistChannel } from '../link/plist-channel.ts';
import { refusal } from '../link/refusal.ts';

const serviceName = 'com.apple.mobile.diagnostics_relay';
const timeout = 10_000;

/** Whether the phone has a passcode; `undefined` where it does not tell (deprecated since iOS 17.4). */
export async function hasPasscode(device: DeviceConnection): Promise<boolean | undefined> {
  try {
    const reply = await relay(device, 'MobileGestalt', { MobileGestaltKeys: ['PasswordConfigured'] });
    const gestalt = asDict(asDict(reply['Diagnostics'])?.['MobileGestalt']);
    return asBoolean(gestalt?.['PasswordConfigured']);
  } catch (error) {
    if (error instanceof DeviceError) return undefined;
    throw error;
  }
}

/** Restarts the phone, which ends all connections to it. */
export async function restartDevice(device: DeviceConnection): Promise<void> {
  await relay(device, 'Restart', { WaitForDisconnect: true });
}

/** Asks once and says good-bye. Throws `service.<Status>` when the phone does not say `Success`. */
async function relay(device: DeviceConnection, request: string, keys: Readonly<Record<string, PlistValue>>): Promise<PlistDict> {
  const channel = new PlistChannel(await device.startService(serviceName), { signal: device.signal });
  try {
    const reply = await channel.ask(Object.assign(emptyDict(), { Request: request }, keys), timeout);
    const status = reply['Status'];
    if (status !== 'Success') throw refusal('service', asString(status) ?? 'Failure', request);
    // With WaitForDisconnect a phone restarts when the connection ends; the answer to this one may never come.
    await channel.ask(Object.assign(emptyDict(), { Request: 'Goodbye' }), timeout).catch(ignoreLink);
    return reply;
  } finally {
    channel.close();
  }
}

function ignoreLink(error: unknown): void {
  if (!(error instanceof EngineError)) throw error;
}
