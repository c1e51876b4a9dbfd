import assert from 'node:assert/strict';
import { legalPath } from '../../../src/library/legal-path.ts';
import { packPath, packedLength, unpackPath } from '../../../src/library/packed-path.ts';
import { CrashError } from '../../../src/shared/errors.ts';

const udid = '00008110-001A18D40EFB801E';
const id = '3d0d7e5fb2ce288813306e4d4636395e047a3d28';

describe('library: packed paths', () => {
  const names = ['Info.plist', 'Status.plist', 'Manifest.plist', 'Manifest.db', 'Manifest.mbdb', 'Manifest.mbdx'];
  for (const rest of ['', '/3d', '/00', '/ff', '/Snapshot', ...['', '/Snapshot'].flatMap((root) => [`${root}/0a`, `${root}/3d/${id}`, `${root}/${id}`, ...names.map((name) => `${root}/${name}`)])]) {
    it(`say <UDID>${rest} again`, () => {
      const path = legalPath(`${udid}${rest}`, udid);
      const bytes = Buffer.alloc(packedLength + 6, 0xaa);
      assert.equal(packPath(path, bytes, 3), true);
      assert.deepEqual(unpackPath(bytes, 3, udid), path);
      assert.deepEqual([...bytes.subarray(0, 3), ...bytes.subarray(3 + packedLength)], [0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa]);
    });
  }

  it('leave an archive to the other way', () => {
    assert.equal(packPath(legalPath(`${udid}-20240131-235959`, udid), Buffer.alloc(packedLength), 0), false);
  });

  it('can say nothing but a legal path, whatever the bytes are', () => {
    for (let code = 0; code < 256; code++) {
      for (let detail = 0; detail < 256; detail++) {
        const bytes = Buffer.from([code, detail, ...Buffer.from(id, 'hex')]);
        try {
          const path = unpackPath(bytes, 0, udid);
          assert.deepEqual(legalPath(path.path, udid), path);
        } catch (error) {
          assert.ok(error instanceof CrashError, `${code} ${detail}: ${String(error)}`);
        }
      }
    }
  });
});
