const thread = (repository: string) => (number: number): string => `https://github.com/${repository}/issues/${number}`;

/** Public threads, by the projects whose users met a failure. */
export const libimobiledevice = thread('libimobiledevice/libimobiledevice');
export const usbmuxd = thread('libimobiledevice/usbmuxd');
export const pymobiledevice3 = thread('doronz88/pymobiledevice3');

export const imazing = (guide: string): string => `https://imazing.com/guides/${guide}`;

export const appleSupport = 'https://support.apple.com/en-us/HT203516';
export const mbErrors = 'MBErrorDomain codes as libimobiledevice and pymobiledevice3 print them';
