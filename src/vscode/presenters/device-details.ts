import type { DeviceSummary } from '../../device/types.ts';
import { dateText } from './dates.ts';
import { connectionText, deviceName, trustText } from './device-words.ts';
import { percentText, sizeText } from './figures.ts';
import { plainText } from './plain-text.ts';
import { dotted } from './row.ts';
import type { TooltipLine } from './row.ts';
import type { Wording } from './wording.ts';

/** All that a device has told, one line each; what it did not tell is left out. */
export function deviceDetails(device: DeviceSummary, w: Wording): TooltipLine[] {
  const { t } = w;
  const text = (value: string | undefined): string | undefined => (value === undefined ? undefined : plainText(value, 200));
  const size = (value: number | undefined): string | undefined => (value === undefined ? undefined : sizeText(value, w));
  const yesNo = (value: boolean | undefined): string | undefined => (value === undefined ? undefined : value ? t('yes') : t('no'));
  const date = (value: Date | undefined): string | undefined => value && dateText(value, w);
  const lines: [name: string, value: string | undefined][] = [
    [t('Name'), deviceName(device, w)],
    [t('Kind'), device.isVirtual ? t('virtual: a program on this computer') : undefined],
    [t('Model'), dotted(text(device.model), text(device.productType))],
    [t('System'), dotted(text(device.iosVersion), text(device.buildVersion))],
    [t('Connection'), connectionText(device, w)],
    [t('Trust'), trustText(device.trust, w) ?? t('trusts this computer')],
    [t('Identifier'), device.udid],
    [t('Serial number'), text(device.serialNumber)],
    [t('Capacity'), size(device.capacity)],
    [t('Free'), size(device.dataAvailable)],
    [t('Battery'), device.battery === undefined ? undefined : percentText(device.battery / 100, w)],
    [t('Backup encryption'), device.encryption === 'unknown' ? undefined : device.encryption === 'on' ? t('on') : t('off')],
    [t('Encryption demanded by a profile'), yesNo(device.requiresEncryption)],
    [t('iCloud backup'), device.cloudBackupEnabled === undefined ? undefined : device.cloudBackupEnabled ? t('on') : t('off')],
    [t('Last iCloud backup'), date(device.lastCloudBackup)],
    [t('Last backup to any computer'), date(device.lastComputerBackup)],
    [t('Find My'), device.findMyEnabled === undefined ? undefined : device.findMyEnabled ? t('on') : t('off')],
    [t('Supervised'), yesNo(device.isSupervised)],
    [t('Setup finished'), yesNo(device.setupDone)],
  ];
  return lines.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [{ name, value }]));
}
