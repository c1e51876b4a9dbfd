import { posix, win32 } from 'node:path';

/** A folder in which other programs keep one sub-folder per backup. */
export interface UsualPlace {
  readonly folder: string;
  readonly origin: 'finder' | 'itunes' | 'apple-devices' | 'other';
}

/** Where Apple's programs keep backups on this platform; Linux has no such place. Any of them may be missing, a link or a junction. */
export function usualPlaces(platform: NodeJS.Platform, home: string, environment: Readonly<Record<string, string | undefined>>): UsualPlace[] {
  if (platform === 'darwin') return [{ folder: posix.join(home, 'Library/Application Support/MobileSync/Backup'), origin: 'finder' }];
  if (platform !== 'win32') return [];
  const roaming = environment['APPDATA'] ?? win32.join(home, 'AppData', 'Roaming');
  return [
    { folder: win32.join(roaming, 'Apple Computer', 'MobileSync', 'Backup'), origin: 'itunes' },
    { folder: win32.join(home, 'Apple', 'MobileSync', 'Backup'), origin: 'apple-devices' },
    { folder: win32.join(roaming, 'Apple', 'MobileSync', 'Backup'), origin: 'other' },
  ];
}
