import { trapName } from '../names.ts';

/** A run of generated files in one domain: `folders` of at most `perFolder` files below `top`. */
export interface BulkArea {
  readonly domain: string;
  /** The app it belongs to, if any. */
  readonly bundleId: string | undefined;
  /** Directories to list before the folders, parents first. */
  readonly directories: readonly string[];
  readonly top: string;
  readonly perFolder: number;
  /** Index of its first file among all, and how many it has. */
  readonly first: number;
  readonly count: number;
  folder(number: number): string;
  /** Name of the area's n-th file; `revision` is 0, or the day on which the file was replaced. */
  file(n: number, revision: number): string;
}

const filesPerApp = 2500;
const maxApps = 300;

/** Shares of a heavily used phone, a choice: mostly app documents, then groups, camera roll, message attachments. */
const shares = { attachments: 0.08, camera: 0.14, groups: 0.16 } as const;

/** Lays `files` files out over domains; few files all go into one app. */
export function bulkAreas(files: number): BulkArea[] {
  const attachments = files < 100 ? 0 : Math.floor(files * shares.attachments);
  const camera = files < 100 ? 0 : Math.floor(files * shares.camera);
  const groups = files < 100 ? 0 : Math.floor(files * shares.groups);
  const apps = files - attachments - camera - groups;
  const appCount = Math.max(1, Math.min(maxApps, Math.round(apps / filesPerApp)));
  const areas: BulkArea[] = [];
  const add = (make: (first: number, count: number) => BulkArea, count: number): void => {
    const last = areas.at(-1);
    if (count > 0) areas.push(make(last ? last.first + last.count : 0, count));
  };
  for (let n = 0; n < appCount; n++) add((first, count) => appArea(n, first, count), part(apps, appCount, n));
  const groupCount = Math.ceil(appCount / 4);
  for (let n = 0; n < groupCount; n++) add((first, count) => groupArea(n, first, count), part(groups, groupCount, n));
  add(cameraArea, camera);
  add(attachmentsArea, attachments);
  return areas;
}

/** The n-th of `parts` nearly equal parts of `whole`. */
const part = (whole: number, parts: number, n: number): number => Math.floor((whole * (n + 1)) / parts) - Math.floor((whole * n) / parts);

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');
const suffix = (revision: number): string => (revision === 0 ? '' : `-${revision}`);
const extensions = ['dat', 'json', 'jpg', 'plist', 'bin', 'webp', 'db', 'txt'] as const;

export const bulkBundleId = (n: number): string => `com.example.bulk.app${padded(n + 1, 3)}`;

function appArea(n: number, first: number, count: number): BulkArea {
  const bundleId = bulkBundleId(n);
  return {
    domain: `AppDomain-${bundleId}`, bundleId, top: 'Documents', perFolder: 400, first, count,
    directories: ['Library', 'Library/Preferences', 'Library/Application Support', 'Documents'],
    folder: (number) => `Folder ${padded(number + 1, 3)}`,
    file: (k, revision) => trapName(k, `item-${padded(k + 1, 6)}${suffix(revision)}.${extensions[k % extensions.length] ?? 'dat'}`),
  };
}

function groupArea(n: number, first: number, count: number): BulkArea {
  const bundleId = bulkBundleId(n * 4);
  return {
    domain: `AppDomainGroup-group.${bundleId}`, bundleId, top: 'Message/Media', perFolder: 256, first, count,
    directories: ['Library', 'Library/Preferences', 'Message', 'Message/Media'],
    folder: (number) => number.toString(16).padStart(4, '0'),
    file: (k, revision) => `${padded(k, 8)}${suffix(revision)}.${k % 5 === 0 ? 'mp4' : 'jpg'}`,
  };
}

function cameraArea(first: number, count: number): BulkArea {
  return {
    domain: 'CameraRollDomain', bundleId: undefined, top: 'Media/DCIM', perFolder: 999, first, count,
    directories: ['Media', 'Media/DCIM'],
    // The base phone's own photos fill the folders from 100APPLE on.
    folder: (number) => `${200 + number}APPLE`,
    file: (k, revision) => `IMG_${padded((k % 9999) + 1, 4)}${suffix(revision)}.${k % 12 === 0 ? 'MOV' : 'HEIC'}`,
  };
}

function attachmentsArea(first: number, count: number): BulkArea {
  return {
    domain: 'MediaDomain', bundleId: undefined, top: 'Library/SMS/Attachments', perFolder: 40, first, count,
    directories: ['Library', 'Library/SMS', 'Library/SMS/Attachments'],
    folder: (number) => `bulk-${number.toString(16).padStart(4, '0')}`,
    file: (k, revision) => `IMG_${padded(k + 1, 6)}${suffix(revision)}.jpeg`,
  };
}
