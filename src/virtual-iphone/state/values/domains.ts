import { appleEpochSeconds } from '../../../format/names.ts';
import { diskUsage, factoryDiskUsage } from './disk.ts';
import { rootValues } from './root.ts';
import type { DomainValues, ValueSource } from './source.ts';

/** All domains of lockdown; `''` is the root. */
export const domains: Readonly<Record<string, (source: ValueSource) => DomainValues>> = {
  '': rootValues,
  'com.apple.disk_usage': diskUsage,
  'com.apple.disk_usage.factory': factoryDiskUsage,
  'com.apple.fmip': ({ moods }) => ({ IsAssociated: moods.findMy }),
  'com.apple.iTunes': () => ({}),
  'com.apple.international': international,
  'com.apple.mobile.backup': backupValues,
  'com.apple.mobile.battery': batteryValues,
  'com.apple.mobile.chaperone': ({ moods }) => ({ DeviceIsChaperoned: moods.supervised }),
  'com.apple.mobile.iTunes': iTunesValues,
  'com.apple.mobile.restriction': () => ({ ProhibitAppDelete: false, ProhibitAppInstall: false }),
  'com.apple.mobile.wireless_lockdown': wirelessValues,
  'com.apple.purplebuddy': setupValues,
  'com.apple.PurpleBuddy': setupValues,
  'com.apple.security.mac.amfi': () => ({ DeveloperModeStatus: false }),
  'com.apple.xcode.developerdomain': () => ({ DeveloperStatus: 'None' }),
};

/** A question for the whole domain gives nothing, one for a single key is answered (seen on iOS 9 to 11, "several domains"). */
export const hiddenAsWhole: ReadonlySet<string> = new Set(['com.apple.fmip']);

/** Keys that a host may set; `undefined` stands for every key of the domain. */
export const writable: Readonly<Record<string, ReadonlySet<string> | undefined>> = {
  '': new Set(['DeviceName', 'TimeIntervalSince1970', 'TimeZone', 'Uses24HourClock']),
  'com.apple.iTunes': undefined,
  'com.apple.international': new Set(['Keyboard', 'Language', 'Locale']),
  'com.apple.mobile.wireless_lockdown': new Set(['EnableWifiConnections', 'EnableWifiDebugging']),
};

function backupValues({ moods, agentMemory }: ValueSource): DomainValues {
  const cloudDate = moods.lastCloudBackup;
  return {
    CloudBackupEnabled: moods.cloudBackupEnabled,
    LastCloudBackupDate: cloudDate && Math.floor(cloudDate.getTime() / 1000) - appleEpochSeconds,
    LastCloudBackupTZ: cloudDate && 'Europe/Berlin',
    RequiresEncryption: moods.mdmForcesEncryption ? true : undefined,
    // Absent until a password was set: hosts must take that for false.
    WillEncrypt: agentMemory.backupPassword === undefined ? undefined : true,
  };
}

function batteryValues({ moods }: ValueSource): DomainValues {
  return {
    BatteryCurrentCapacity: moods.batteryLevel,
    BatteryIsCharging: moods.charging,
    ExternalChargeCapable: true,
    ExternalConnected: moods.charging,
    FullyCharged: moods.batteryLevel >= 100,
    GasGaugeCapability: true,
    HasBattery: true,
  };
}

function iTunesValues({ model }: ValueSource): DomainValues {
  return {
    BatteryPollInterval: 60,
    // Missing on some iPads, as hosts found out.
    MinITunesVersion: model.deviceClass === 'iPad' ? undefined : '12.12.0',
    SupportsAirTraffic: true,
    SyncDataClasses: ['Contacts', 'Calendars', 'Bookmarks', 'Mail Accounts', 'Notes'],
    iTunesStoreCapable: true,
  };
}

const locales: Readonly<Record<string, string>> = { en: 'en_US', de: 'de_DE', ja: 'ja_JP', fr: 'fr_FR', ar: 'ar_SA', he: 'he_IL' };

function international({ options }: ValueSource): DomainValues {
  const language = options.language;
  return { Language: language, Locale: locales[language] ?? language.replace('-', '_'), Keyboard: locales[language] ?? language };
}

function wirelessValues({ identity }: ValueSource): DomainValues {
  return { BonjourFullServiceName: `${identity.wifiAddress}@fe80::1._apple-mobdev2._tcp.local.`, EnableWifiConnections: false, SupportsWifi: true };
}

function setupValues({ moods }: ValueSource): DomainValues {
  const done = !moods.setupUnfinished;
  return { SetupDone: done, SetupFinishedAllSteps: done, SetupState: done ? 'SetupUsingAssistant' : 'NotStarted' };
}
