import assert from 'node:assert/strict';
import { asDict, readPlist } from '../../../../src/plist/index.ts';
import { manyFiles, sampleContent } from './support/list-content.ts';
import { contentOf } from './support/backup-reader.ts';
import { MemoryHost, type HostMessage } from './support/memory-host.ts';
import { testPhone } from './support/phone.ts';

const isContent = (path: string): boolean => /[0-9a-f]{40}$/.test(path);

/** Leaves at the n-th message of a name. */
function leaveAt(host: MemoryHost, name: string, nth: number): void {
  let count = 0;
  host.leaveAt = ([one]: HostMessage) => one === name && ++count === nth;
}

describe('a run after an interrupted one', () => {
  for (const password of [undefined, 'secret']) {
    it(`sends only what the host lacks (${password === undefined ? 'plain' : 'encrypted'})`, async () => {
      const content = manyFiles(600);
      const phone = testPhone(content);
      phone.agentMemory.backupPassword = password;
      const host = new MemoryHost();
      leaveAt(host, 'DLMessageUploadFiles', 4);
      assert.equal(await host.backup(phone), undefined);
      assert.equal(host.uploads.filter(isContent).length, 256);
      host.leaveAt = undefined;
      host.forget();
      content.reads.length = 0;
      assert.equal((await host.backup(phone))?.code, 0);
      assert.equal(host.uploads.filter(isContent).length, 600 - 256);
      assert.equal(content.reads.length, 600 - 256);
      assert.equal(contentOf(host, phone.identity.udid, password).size, 600);
    });
  }

  it('trusts the host\'s listing, not its own memory: lost, cut and changed files travel again', async () => {
    const content = manyFiles(600);
    const phone = testPhone(content);
    const host = new MemoryHost();
    leaveAt(host, 'DLMessageUploadFiles', 4);
    await host.backup(phone);
    host.leaveAt = undefined;
    const [first, second] = host.uploads.filter(isContent) as [string, string];
    host.files.delete(first);
    host.files.set(second, Buffer.from('x'));
    content.put({ domain: 'CameraRollDomain', path: 'Media/9.bin', bytes: Buffer.from('changed meanwhile') });
    host.forget();
    assert.equal((await host.backup(phone))?.code, 0);
    assert.equal(host.uploads.filter(isContent).length, 600 - 256 + 3);
    const files = contentOf(host, phone.identity.udid, undefined);
    assert.equal(files.get('CameraRollDomain/Media/9.bin')?.toString(), 'changed meanwhile');
    assert.equal(files.get('CameraRollDomain/Media/0.bin')?.toString(), 'file 0');
  });

  it('goes on where an incremental run was interrupted, with the last backup\'s rows', async () => {
    const content = sampleContent();
    const phone = testPhone(content);
    const host = new MemoryHost();
    await host.backup(phone);
    for (let i = 0; i < 200; i++) content.put({ domain: 'CameraRollDomain', path: `Media/${i}.bin`, bytes: Buffer.from(`file ${i}`) });
    content.remove('HomeDomain', 'Library/SMS/sms.db');
    leaveAt(host, 'DLMessageUploadFiles', 3);
    assert.equal(await host.backup(phone), undefined);
    host.leaveAt = undefined;
    host.forget();
    assert.equal((await host.backup(phone))?.code, 0);
    assert.equal(host.uploads.filter(isContent).length, 200 - 128);
    const files = contentOf(host, phone.identity.udid, undefined);
    assert.equal(files.size, 5 + 200);
    const stray = [...host.files.keys()].filter((path) => /\/[0-9a-f]{2}\/[0-9a-f]{40}$/.test(path));
    assert.equal(stray.length, 5 + 200);
  });

  for (const [name, nth, state] of [['DLMessageMoveItems', 2, 'moving'], ['DLMessageMoveItems', 5, 'moving'], ['DLMessageRemoveItems', 1, 'removing']] as const) {
    it(`finishes ${state} first when it stopped at ${name} ${nth}, then runs incrementally`, async () => {
      const phone = testPhone(manyFiles(300));
      const host = new MemoryHost();
      leaveAt(host, name, nth);
      assert.equal(await host.backup(phone), undefined);
      const { udid } = phone.identity;
      assert.equal(asDict(readPlist(host.files.get(`${udid}/Status.plist`) as Buffer))?.['SnapshotState'], state);
      host.leaveAt = undefined;
      host.forget();
      assert.equal((await host.backup(phone))?.code, 0);
      assert.equal(host.uploads.filter(isContent).length, 0);
      assert.equal(contentOf(host, udid, undefined).size, 300);
      assert.ok([...host.files.keys()].every((path) => !path.includes('/Snapshot/')));
    });
  }

  it('starts over when the phone was reset meanwhile, when a full backup is forced, or after a password change', async () => {
    const leave = async (change: (phone: ReturnType<typeof testPhone>) => boolean): Promise<number> => {
      const phone = testPhone(manyFiles(300));
      const host = new MemoryHost();
      leaveAt(host, 'DLMessageUploadFiles', 3);
      await host.backup(phone);
      host.leaveAt = undefined;
      host.forget();
      const isForced = change(phone);
      assert.equal((await host.backup(phone, isForced))?.code, 0);
      assert.equal(contentOf(host, phone.identity.udid, phone.agentMemory.backupPassword).size, 300);
      return host.uploads.filter(isContent).length;
    };
    assert.equal(await leave((phone) => (phone.agentMemory.notes.clear(), false)), 300);
    assert.equal(await leave(() => true), 300);
    assert.equal(await leave((phone) => ((phone.agentMemory.backupPassword = 'new'), false)), 300);
  });
});
