import { AfcError, afcStatus } from './codes.ts';

const maxPathBytes = 1024;

/** A host's path as the volume has it: without leading slash, `''` for the root. Paths that climb are refused. */
export function volumePath(path: string | undefined): string {
  if (path === undefined || Buffer.byteLength(path) > maxPathBytes) throw new AfcError(afcStatus.invalidArgument);
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw new AfcError(afcStatus.permissionDenied);
  return parts.join('/');
}

/** `''` for what lies in the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** True for `folder` itself and everything below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
