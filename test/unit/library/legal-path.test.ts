import assert from 'node:assert/strict';
import { legalPair, legalPath } from '../../../src/library/legal-path.ts';
import { DataError } from '../../../src/shared/errors.ts';

const udid = '00008110-001A18D40EFB801E';
const id = '3d0d7e5fb2ce288813306e4d4636395e047a3d28';
const isRefused = (error: unknown): boolean => error instanceof DataError && error.code === 'data.path';

describe('library: legal paths', () => {
  const legal: readonly (readonly [string, string])[] = [
    [udid, 'directory'],
    [`${udid}-20240131-235959`, 'archive'],
    [`${udid}/3d`, 'directory'],
    [`${udid}/Snapshot`, 'directory'],
    [`${udid}/Snapshot/3d`, 'directory'],
    [`${udid}/3d/${id}`, 'content'],
    [`${udid}/${id}`, 'content'],
    [`${udid}/Snapshot/3d/${id}`, 'content'],
    ...['Info.plist', 'Status.plist', 'Manifest.plist', 'Manifest.db', 'Manifest.mbdb', 'Manifest.mbdx'].flatMap(
      (name) =>
        [
          [`${udid}/${name}`, 'named'],
          [`${udid}/Snapshot/${name}`, 'named'],
        ] as const,
    ),
  ];
  for (const [path, kind] of legal) it(`takes ${path.replace(udid, '<UDID>')}`, () => assert.equal(legalPath(path, udid).kind, kind));

  const hostile = [
    '',
    '.',
    '..',
    '/',
    `/${udid}`,
    `/${udid}/Info.plist`,
    `../${udid}/Info.plist`,
    `${udid}/..`,
    `${udid}/../x`,
    `${udid}/./Info.plist`,
    `${udid}//Info.plist`,
    `${udid}/`,
    `${udid}/3d/`,
    `${udid}/3d/../../etc/passwd`,
    `${udid}/3d/${id}/..`,
    `${udid}/3e/${id}`,
    `${udid}/3D/${id.toUpperCase()}`,
    `${udid}/3d\\${id}`,
    `${udid}\\Info.plist`,
    `C:\\Windows\\x`,
    `C:${udid}/Info.plist`,
    `\\\\server\\share\\${udid}`,
    `${udid}/Info.plist\0`,
    `${udid}/Info.plist:stream`,
    `${udid}/Info.plist.`,
    `${udid}/Info.plist `,
    `${udid}/INFO.PLIST`,
    `${udid}/Ｉnfo.plist`,
    `${udid}/CON`,
    `${udid}/Snapshot/Snapshot`,
    `${udid}/Snapshot/Snapshot/3d`,
    `${udid}/Snapshot/..`,
    `${udid}-20240131-235959/Info.plist`,
    `${udid}-20240131`,
    `${udid}-2024013a-235959`,
    `${udid}x`,
    `${udid}/${'a'.repeat(5000)}`,
    `${udid}/3d/${id}\n`,
    `${udid.toLowerCase()}/Info.plist`,
    '00008110-001A18D40EFB801F/Info.plist',
    `${udid}/incoming/1`,
    '.draft/draft.json',
    `${udid}/%2e%2e/x`,
  ];
  for (const path of hostile) it(`refuses ${JSON.stringify(path.slice(0, 60))}`, () => assert.throws(() => legalPath(path, udid), isRefused));

  it('moves files onto files and folders onto folders, never into themselves', () => {
    assert.ok(legalPair(`${udid}/Snapshot/3d/${id}`, `${udid}/3d/${id}`, udid));
    assert.ok(legalPair(udid, `${udid}-20240131-235959`, udid));
    assert.throws(() => legalPair(`${udid}/Snapshot`, `${udid}/Info.plist`, udid), isRefused);
    assert.throws(() => legalPair(`${udid}/Info.plist`, `${udid}/Snapshot`, udid), isRefused);
    assert.throws(() => legalPair(udid, `${udid}/Snapshot`, udid), isRefused);
    assert.throws(() => legalPair(`${udid}/Snapshot/3d`, `${udid}/Snapshot`, udid), isRefused);
  });
});
