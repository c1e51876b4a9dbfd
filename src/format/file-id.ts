import { hash } from 'node:crypto';

/** Name of a file's content: lower-case hex SHA-1 of `domain-relativePath`; the hyphen is there for `''` too. No Unicode normalisation. */
export const fileId = (domain: string, relativePath: string): string => hash('sha1', `${domain}-${relativePath}`, 'hex');
