import { join } from 'node:path';
import { DataError } from '../shared/errors.ts';
import { udidPattern } from '../format/names.ts';

/*
 * Names inside a library:
 *
 *   library.json
 *   <UDID>/device.json, lock.sqlite, lock.json
 *   <UDID>/last-run.json           the last run, while it goes on or when it did not end well
 *   <UDID>/<date>/backup.json, checksums.sha256, <UDID>/
 *   <UDID>/.draft/draft.json, journal, incoming/, <UDID>/
 *   <UDID>/.custom/                a custom backup that is being made from a draft
 *   <UDID>/.import/                a backup that is being imported
 *   <UDID>/.set-aside-<date>/      a draft that the phone refused
 *   <UDID>/.spare/<date>/          copies of the newest backup's manifest
 *   <UDID>/.readers/<date>.sqlite  held by who reads that backup
 *   .trash/<UDID>_<date>_<time>/   a deleted entry
 */

export const libraryFile = {
  library: 'library.json',
  device: 'device.json',
  backup: 'backup.json',
  draft: 'draft.json',
  lastRun: 'last-run.json',
  journal: 'journal',
  incoming: 'incoming',
  draftFolder: '.draft',
  custom: '.custom',
  importing: '.import',
  setAside: '.set-aside-',
  spare: '.spare',
  readers: '.readers',
  trash: '.trash',
} as const;

const entryPattern = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z(?:-\d{1,3})?$/;

export const isEntryName = (name: string): boolean => entryPattern.test(name);
export const isUdid = (name: string): boolean => udidPattern.test(name);

/** `2026-11-22T16-40-12Z`: sorts by time and is legal on every file system. */
export const entryName = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');

/** The date in an entry's name. */
export function entryDate(name: string): Date {
  const [day = '', time = ''] = name.slice(0, 20).split('T');
  return new Date(`${day}T${time.replaceAll('-', ':')}`);
}

/** Absolute paths; ids from outside are checked here before they become part of one. */
export class Layout {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  get trash(): string {
    return join(this.root, libraryFile.trash);
  }

  device(udid: string): string {
    if (!isUdid(udid)) throw new DataError('data.path', 'Not a UDID', { subject: udid.slice(0, 64) });
    return join(this.root, udid);
  }

  draft(udid: string): string {
    return join(this.device(udid), libraryFile.draftFolder);
  }

  /** Where a custom backup grows; swept before the next one. */
  custom(udid: string): string {
    return join(this.device(udid), libraryFile.custom);
  }

  spare(udid: string): string {
    return join(this.device(udid), libraryFile.spare);
  }

  entry(udid: string, id: string): string {
    if (!isEntryName(id)) throw new DataError('data.path', 'Not a backup of this library', { subject: id.slice(0, 64) });
    return join(this.device(udid), id);
  }
}
