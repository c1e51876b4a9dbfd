import assert from 'node:assert/strict';
import { checks } from '../../../src/diagnosis/checks/check-list.ts';
import type { CheckPorts } from '../../../src/diagnosis/checks/ports.ts';

/** Rows found on a disk of a kind; the check asks for nothing else. */
async function foundOn(type: string | undefined, hasLinks = true): Promise<string[]> {
  const placement = hasLinks ? [] : [{ code: 'library.no-hard-links', facts: {} }];
  const disk = { kind: () => Promise.resolve(type), placement: () => Promise.resolve(placement) };
  const check = checks.find(({ id }) => id === 'disk-kind');
  return ((await check?.run({ disk } as unknown as CheckPorts)) ?? []).map(({ row }) => row);
}

describe('the kind of a disk', () => {
  it('FAT limits the size of files', async () => assert.deepEqual(await foundOn('FAT', false), ['disk.small-files']));

  it('exFAT does not; it only has no hard links', async () => assert.deepEqual(await foundOn('exFAT', false), ['disk.no-links']));

  it('a server may vanish', async () => {
    for (const type of ['NFS', 'SMB', 'CIFS', 'AFS']) assert.deepEqual(await foundOn(type), ['disk.network'], type);
  });

  it('any other is fit', async () => {
    for (const type of ['ext4', 'apfs', 'NTFS', '0xef53']) assert.deepEqual(await foundOn(type), [], type);
  });

  it('one that the system does not tell is called unknown, unless it shows itself', async () => {
    await assert.rejects(foundOn(undefined), { code: 'host.not-told' });
    assert.deepEqual(await foundOn(undefined, false), ['disk.no-links']);
  });
});
