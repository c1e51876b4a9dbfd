import { asArray, asString, type PlistDict, type PlistValue } from '../../plist/index.ts';
import type { Phone, Service } from '../service.ts';
import { PlistLink } from './plist-link.ts';

/** A phone is away this long when a host restarts it; short of a real one's half minute. */
const restartMs = 3000;

/** com.apple.mobile.diagnostics_relay: state of the battery, answers of MobileGestalt, restart and shutdown. */
export const diagnosticsRelay: Service = {
  name: 'com.apple.mobile.diagnostics_relay',
  needsEscrowBag: false,
  async serve(stream, phone) {
    const link = new PlistLink(stream);
    for (let request = await link.receive(); request; request = await link.receive()) {
      const name = asString(request['Request']);
      await link.send(answer(phone, name, request));
      if (name === 'Restart') phone.restart(restartMs);
      if (name === 'Shutdown') phone.powerOff();
      if (name === 'Goodbye') return;
    }
  },
};

function answer(phone: Phone, name: string | undefined, request: PlistDict): PlistDict {
  switch (name) {
    case 'MobileGestalt':
      return { Status: 'Success', Diagnostics: { MobileGestalt: gestalt(phone, request) } };
    case 'All':
    case 'GasGauge':
      return { Status: 'Success', Diagnostics: { GasGauge: gasGauge(phone) } };
    case 'WiFi':
      return { Status: 'Success', Diagnostics: { WiFi: { Active: true, Status: 'Success' } } };
    case 'NAND':
      return { Status: 'Success', Diagnostics: { NAND: { Status: 'Success' } } };
    case 'IORegistry':
      return { Status: 'Success', Diagnostics: { IORegistry: registry(phone) } };
    case 'Restart':
    case 'Shutdown':
    case 'Sleep':
    case 'Goodbye':
      return { Status: 'Success' };
    default:
      return { Status: 'UnknownRequest' };
  }
}

/** Deprecated since iOS 17.4: the dictionary then holds a status and nothing else. */
function gestalt(phone: Phone, request: PlistDict): PlistDict {
  const [major = 0, minor = 0] = phone.identity.iosVersion.split('.').map(Number);
  if (major > 17 || (major === 17 && minor >= 4)) return { Status: 'MobileGestaltDeprecated' };
  const answers: Record<string, PlistValue> = {};
  for (const key of asArray(request['MobileGestaltKeys']) ?? []) {
    const value = key === 'PasswordConfigured' ? phone.moods.hasPasscode : phone.value('', asString(key) ?? '');
    if (typeof key === 'string' && value !== undefined) answers[key] = value;
  }
  return { ...answers, Status: 'Success' };
}

function gasGauge(phone: Phone): PlistDict {
  return { CycleCount: 112, DesignCapacity: 3349, FullChargeCapacity: 3215, StateOfCharge: phone.moods.batteryLevel, Status: 'Success' };
}

function registry(phone: Phone): PlistDict {
  return { IOClass: 'AppleSmartBattery', CurrentCapacity: phone.moods.batteryLevel, IsCharging: phone.moods.charging };
}
