import { hash } from 'node:crypto';
import type { PhoneItem } from '../../contract.ts';
import { fileFlag } from '../../../format/names.ts';

export const fileIdOf = (domain: string, path: string): string => hash('sha1', `${domain}-${path}`, 'hex');

/** Where a content file lies below the device's folder. */
export const shardOf = (fileId: string): string => `${fileId.slice(0, 2)}/${fileId}`;

export const flagsOf = (item: PhoneItem): number => fileFlag[item.kind];
