const thread = (repository: string) => (number: number): string => `https://github.com/${repository}/issues/${number}`;

/** Public threads, by the projects whose users met a failure. */
export const libimobiledevice = thread('libimobiledevice/libimobiledevice');
export const usbmuxd = thread('libimobiledevice/usbmuxd');
export const pymobiledevice3 = thread('doronz88/pymobiledevice3');

export const imazing = (guide: string): string => `https://imazing.com/guides/${guide}`;

export const appleSupport = 'https://support.apple.com/en-us/HT203516';
export const mbErrors = 'MBErrorDomain codes as libimobiledevice and pymobiledevice3 print them';
export const lockdownErrors = 'lockdownd error strings of libimobiledevice';

/** What a system says of a disk. */
export const errnoPage = 'https://man7.org/linux/man-pages/man3/errno.3.html';
export const nfsPage = 'https://man7.org/linux/man-pages/man5/nfs.5.html';
export const windowsDisks = 'https://learn.microsoft.com/en-us/windows/win32/fileio/filesystem-functionality-comparison';

/** Rules of this program itself. */
export const ownLibrary = 'ARCHITECTURE.md of this program: The library on disk';
export const ownErrors = 'ARCHITECTURE.md of this program: Errors';

/** Who defines an error, by its code. */
export function sourceOfCode(code: string): string {
  if (code.startsWith('mb.')) return mbErrors;
  return code.startsWith('lockdown.') ? lockdownErrors : ownErrors;
}
