import { asBoolean, asDict, asString, type PlistDict } from '../../../plist/index.ts';

/** Options of a `Restore` request with the phone's own defaults. */
export interface RestoreOptions {
  readonly systemFiles: boolean;
  readonly shouldReboot: boolean;
  readonly dontCopyBackup: boolean;
  readonly preserveSettings: boolean;
  readonly removeItemsNotRestored: boolean;
  readonly password: string | undefined;
}

export function readOptions(request: PlistDict): RestoreOptions {
  const options = asDict(request['Options']) ?? {};
  const flag = (name: string, byDefault: boolean): boolean => asBoolean(options[name]) ?? byDefault;
  return {
    systemFiles: flag('RestoreSystemFiles', false),
    shouldReboot: flag('RestoreShouldReboot', true),
    dontCopyBackup: flag('RestoreDontCopyBackup', false),
    preserveSettings: flag('RestorePreserveSettings', false),
    removeItemsNotRestored: flag('RemoveItemsNotRestored', false),
    password: asString(options['Password']),
  };
}
