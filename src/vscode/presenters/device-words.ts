import type { DeviceSummary, TrustState } from '../../device/types.ts';
import { plainText } from './plain-text.ts';
import { dotted } from './row.ts';
import type { Wording } from './wording.ts';

/** What a person calls the device; its model or the end of its identifier where it has not told its name. */
export function deviceName(device: DeviceSummary, w: Wording): string {
  const name = plainText(device.name ?? '', 60);
  if (name) return name;
  return w.t('{kind} …{ending}', { kind: deviceKind(device, w), ending: device.udid.slice(-4) });
}

export function deviceKind(device: DeviceSummary, { t }: Wording): string {
  return plainText(device.model ?? device.deviceClass ?? '', 40) || t('iPhone or iPad');
}

/** `iPhone 15 Pro · iOS 18.5 · USB`; `virtual` comes first, where a narrow side bar still shows it. */
export function deviceIdentity(device: DeviceSummary, w: Wording): string {
  const { virtual, rest } = identityParts(device, w);
  return dotted(virtual, rest);
}

/** The same in two parts, between which the row tells how the device is. */
export function identityParts(device: DeviceSummary, w: Wording): { readonly virtual: string; readonly rest: string } {
  const system = device.deviceClass === 'iPad' ? 'iPadOS' : 'iOS';
  const rest = dotted(
    device.model !== undefined && plainText(device.model, 40),
    device.iosVersion !== undefined && `${system} ${plainText(device.iosVersion, 16)}`,
    connectionText(device, w),
  );
  return { virtual: device.isVirtual ? w.t('virtual') : '', rest };
}

export function connectionText(device: DeviceSummary, { t }: Wording): string {
  return device.connections.map((connection) => (connection === 'usb' ? 'USB' : t('Wi-Fi'))).join(' + ');
}

/** What stands between this computer and the device, `undefined` when nothing does. */
export function trustText(trust: TrustState, { t }: Wording): string | undefined {
  const words: Readonly<Record<TrustState, string | undefined>> = {
    trusted: undefined,
    'not-paired': t('not paired yet'),
    'waiting-for-tap': t('tap Trust on the device'),
    denied: t('Trust was declined'),
    forgotten: t('no longer trusts this computer'),
    locked: t('locked: enter its passcode'),
    unknown: t('does not answer'),
  };
  return words[trust];
}

