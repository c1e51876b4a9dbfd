import { execFile } from 'node:child_process';
import { realpath, statfs } from 'node:fs/promises';
import { join, win32 } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Of a foreign command, ms and bytes. */
const limits = { timeout: 4000, maxBuffer: 1 << 18, killSignal: 'SIGKILL', windowsHide: true } as const;

/** Numbers of file systems as Linux tells them (statfs(2)). */
const linuxKinds: ReadonlyMap<number, string> = new Map([
  [0x4d44, 'FAT'],
  [0x2011bab0, 'exFAT'],
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
]);

/** Names by which macOS calls the file systems that our checks know under another one. */
const macKinds: ReadonlyMap<string, string> = new Map([
  ['msdos', 'FAT'],
  ['exfat', 'exFAT'],
  ['nfs', 'NFS'],
  ['smbfs', 'SMB'],
  ['cifs', 'CIFS'],
  ['afpfs', 'AFS'],
  ['webdav', 'WebDAV'],
]);

/** The kind of file system under `folder`; `undefined` where the system does not tell in time. */
export async function diskKind(folder: string, platform: NodeJS.Platform = process.platform): Promise<string | undefined> {
  switch (platform) {
    case 'linux': {
      const { type } = await statfs(folder);
      return linuxKinds.get(type) ?? `0x${type.toString(16)}`;
    }
    case 'darwin':
      return kindOfMount(await output('/sbin/mount', []), await realpath(folder));
    case 'win32':
      return await windowsKind(folder);
    default:
      return undefined;
  }
}

/**
 * What `/sbin/mount` of macOS lists, a mount a line: `/dev/disk4s1 on /Volumes/My Disk (msdos, local, nodev)`. Unlike
 * diskutil it knows network disks and asks no server. The innermost mount around `folder` is the one.
 */
export function kindOfMount(listing: string, folder: string): string | undefined {
  let best: { readonly point: string; readonly kind: string } | undefined;
  for (const line of listing.split('\n')) {
    const point = mountPointsOf(line).find((each) => isWithin(folder, each));
    const kind = / \(([a-z0-9_]+)[^()]*\)$/i.exec(line)?.[1];
    if (point !== undefined && kind !== undefined && point.length >= (best?.point.length ?? 0)) best = { point, kind };
  }
  return best && (macKinds.get(best.kind) ?? best.kind);
}

/** Names may hold ` on ` themselves: each reading is tried, the longest first. */
function mountPointsOf(line: string): string[] {
  const end = line.lastIndexOf(' (');
  const points: string[] = [];
  for (let at = line.indexOf(' on /'); at >= 0 && at < end; at = line.indexOf(' on /', at + 1)) points.push(line.slice(at + 4, end));
  return points;
}

const isWithin = (folder: string, point: string): boolean => point === '/' || folder === point || folder.startsWith(`${point}/`);

/** A path of a server needs no question; one that has no drive gets none. */
async function windowsKind(folder: string): Promise<string | undefined> {
  const { root } = win32.parse(win32.resolve(folder));
  if (root.startsWith('\\\\')) return 'SMB';
  const drive = /^([A-Z]:)\\$/i.exec(root)?.[1];
  if (drive === undefined) return undefined;
  const shell = join(process.env['SystemRoot'] ?? String.raw`C:\Windows`, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  const question = `Get-CimInstance Win32_LogicalDisk -Filter "DeviceID='${drive}'" | Select-Object DriveType,FileSystem | ConvertTo-Json -Compress`;
  return kindOfDrive(await output(shell, ['-NoProfile', '-NonInteractive', '-Command', question]));
}

/** DriveType of Win32_LogicalDisk for a disk in the network. */
const networkDrive = 4;

/** What PowerShell answers of a drive: `{"DriveType":3,"FileSystem":"NTFS"}`. */
export function kindOfDrive(json: string): string | undefined {
  const { DriveType: type, FileSystem: name } = parsed(json);
  if (type === networkDrive) return 'SMB';
  if (typeof name !== 'string' || name === '' || name.length > 32) return undefined;
  return /^FAT(?:12|16|32)?$/i.test(name) ? 'FAT' : name;
}

function parsed(json: string): Partial<Record<'DriveType' | 'FileSystem', unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Nothing when the command is missing, fails, talks endlessly or takes too long. */
async function output(command: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(command, args, { ...limits, env: { ...process.env, LC_ALL: 'C' } });
    return stdout;
  } catch {
    return '';
  }
}
