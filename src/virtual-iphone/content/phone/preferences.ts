import { writeBinaryPlist, type PlistDict } from '../../../plist/index.ts';
import { bytesBody } from '../body.ts';
import type { PhoneContext } from './context.ts';

/** A preferences file of the user's system settings, `Library/Preferences/<id>.plist`. */
export function addPreferences({ tree, world }: PhoneContext, id: string, values: PlistDict): void {
  const modified = world.at(-world.random(`preferences ${id}`).integer(1, 700));
  tree.file('HomeDomain', `Library/Preferences/${id}.plist`, bytesBody(writeBinaryPlist(values)), { modified, permissions: 0o600 });
}

export function addSettings(context: PhoneContext): void {
  const { locale, timeZone } = context.world.phrases;
  const languages = [locale.replace('_', '-')];
  const keyboards = [`${locale}@sw=QWERTY;hw=Automatic`, 'emoji@sw=Emoji'];
  addPreferences(context, '.GlobalPreferences', { AppleLocale: locale, AppleLanguages: languages, AppleKeyboards: keyboards });
  addPreferences(context, 'com.apple.preferences.datetime', { timezone: timeZone, automaticTime: true });
  addPreferences(context, 'com.apple.springboard', { SBHomeScreenVersion: 2, SBAutoLockTime: 120, SBShowBatteryPercentage: true });
}
