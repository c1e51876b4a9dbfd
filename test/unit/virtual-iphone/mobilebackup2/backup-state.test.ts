import assert from 'node:assert/strict';
import { asDict, readPlist, writeBinaryPlist } from '../../../../src/plist/index.ts';
import type { VirtualPhone } from '../../../../src/virtual-iphone/index.ts';
import { ListContent, manyFiles, sampleContent } from './support/list-content.ts';
import { MemoryHost } from './support/memory-host.ts';
import { contentOf } from './support/backup-reader.ts';
import { testPhone } from './support/phone.ts';

const isContent = (path: string): boolean => /[0-9a-f]{40}$/.test(path);

function statusOf(host: MemoryHost, phone: VirtualPhone): Record<string, unknown> {
  return { ...asDict(readPlist(host.files.get(`${phone.identity.udid}/Status.plist`) as Buffer)) };
}

describe('what the phone sends', () => {
  it('is all of its content, byte for byte', async () => {
    const content = sampleContent();
    const host = new MemoryHost();
    const phone = testPhone(content);
    await host.backup(phone);
    const files = contentOf(host, phone.identity.udid, undefined);
    for (const item of content.items()) {
      if (item.kind !== 'file' || item.domain === 'HealthDomain') continue;
      assert.deepEqual(files.get(`${item.domain}/${item.path}`), Buffer.concat([...content.read(item, 1000)]), item.path);
    }
    assert.ok(!files.has('HealthDomain/Health/healthdb.sqlite'), 'health data is in encrypted backups only');
  });

  it('is encrypted under a key for each file when a password is set', async () => {
    const content = sampleContent();
    const host = new MemoryHost();
    const phone = testPhone(content);
    phone.agentMemory.backupPassword = 'pass word';
    await host.backup(phone);
    const files = contentOf(host, phone.identity.udid, 'pass word');
    for (const item of content.items()) {
      if (item.kind === 'file') assert.deepEqual(files.get(`${item.domain}/${item.path}`), Buffer.concat([...content.read(item, 1000)]), item.path);
    }
    for (const [path, bytes] of host.files) if (isContent(path)) assert.equal(bytes.length % 16, 0);
  });

  for (const password of [undefined, 'secret']) {
    it(`is the same for every host, seed and clock given (${password === undefined ? 'plain' : 'encrypted'})`, async () => {
      const runs = [];
      for (let i = 0; i < 2; i++) {
        const host = new MemoryHost();
        host.version = i === 0 ? 400 : 300;
        const phone = testPhone();
        phone.agentMemory.backupPassword = password;
        await host.backup(phone, i === 1);
        runs.push([...host.files].sort(([a], [b]) => (a < b ? -1 : 1)));
      }
      assert.deepEqual(runs[0], runs[1]);
    });
  }

  it('goes on when one file cannot be read, without its row', async () => {
    const content = sampleContent();
    const read = content.read.bind(content);
    content.read = (item, chunkSize) => {
      if (item.path === 'Media/DCIM/IMG_0001.JPG') throw new Error('gone');
      return read(item, chunkSize);
    };
    const phone = testPhone(content);
    const host = new MemoryHost();
    assert.equal((await host.backup(phone))?.code, 0);
    assert.deepEqual([...host.failedUploads.values()], ['Input/output error (5): gone']);
    assert.ok(!contentOf(host, phone.identity.udid, undefined).has('CameraRollDomain/Media/DCIM/IMG_0001.JPG'));
  });

  it('differs with the seed', async () => {
    const bags = [1, 2].map(async (seed) => {
      const host = new MemoryHost();
      const phone = testPhone(sampleContent(), { seed, udid: '00008110-001A18D40EFB801E' });
      phone.agentMemory.backupPassword = 'x';
      await host.backup(phone);
      return host.files.get(`${phone.identity.udid}/Manifest.db`);
    });
    assert.notDeepEqual(await bags[0], await bags[1]);
  });
});

describe('an incremental run', () => {
  for (const password of [undefined, 'secret']) {
    it(`sends what changed, removes what went, keeps the rest (${password === undefined ? 'plain' : 'encrypted'})`, async () => {
      const content = sampleContent();
      const phone = testPhone(content);
      phone.agentMemory.backupPassword = password;
      const host = new MemoryHost();
      await host.backup(phone);
      const before = statusOf(host, phone);
      content.put({ domain: 'HomeDomain', path: 'Library/SMS/sms.db', bytes: Buffer.from('new messages') });
      content.put({ domain: 'CameraRollDomain', path: 'Media/DCIM/IMG_0002.JPG', bytes: Buffer.alloc(5000, 2) });
      content.remove('CameraRollDomain', 'Media/DCIM/IMG_0001.JPG');
      content.reads.length = 0;
      host.forget();
      assert.equal((await host.backup(phone))?.code, 0);
      assert.deepEqual(content.reads, ['HomeDomain/Library/SMS/sms.db', 'CameraRollDomain/Media/DCIM/IMG_0002.JPG']);
      assert.equal(host.uploads.filter(isContent).length, 2);
      const files = contentOf(host, phone.identity.udid, password);
      assert.equal(files.get('HomeDomain/Library/SMS/sms.db')?.toString(), 'new messages');
      assert.equal(files.get('CameraRollDomain/Media/DCIM/Gru\u0308ße \u{1f600}.txt')?.toString(), 'hello');
      assert.ok(!files.has('CameraRollDomain/Media/DCIM/IMG_0001.JPG'));
      assert.equal(host.names().filter((name) => name === 'DLMessageRemoveItems').length, 2);
      const after = statusOf(host, phone);
      assert.deepEqual([after['UUID'], after['IsFullBackup'], before['IsFullBackup']], [before['UUID'], false, true]);
    });
  }

  const reasons: Readonly<Record<string, (host: MemoryHost, phone: VirtualPhone, udid: string) => void>> = {
    'there is no Status.plist': (host, _phone, udid) => void host.files.delete(`${udid}/Status.plist`),
    'Manifest.plist is empty': (host, _phone, udid) => void host.files.set(`${udid}/Manifest.plist`, Buffer.alloc(0)),
    'Manifest.plist is damaged': (host, _phone, udid) => void host.files.set(`${udid}/Manifest.plist`, Buffer.from('rubbish')),
    'Manifest.db is damaged': (host, _phone, udid) => void host.files.set(`${udid}/Manifest.db`, Buffer.alloc(8192, 'rubbish')),
    'encryption was switched on': (_host, phone) => void (phone.agentMemory.backupPassword = 'new'),
    'the status is of a later version': (host, phone, udid) =>
      void host.files.set(`${udid}/Status.plist`, writeBinaryPlist({ ...(statusOf(host, phone) as object), Version: '4.0' })),
  };
  for (const [reason, prepare] of Object.entries(reasons)) {
    it(`becomes a full one when ${reason}`, async () => {
      const content = sampleContent();
      const phone = testPhone(content);
      const host = new MemoryHost();
      await host.backup(phone);
      const before = statusOf(host, phone);
      prepare(host, phone, phone.identity.udid);
      host.forget();
      assert.equal((await host.backup(phone))?.code, 0);
      assert.equal(host.uploads.filter(isContent).length, phone.agentMemory.backupPassword === undefined ? 6 : 7);
      const after = statusOf(host, phone);
      assert.equal(after['IsFullBackup'], true);
      assert.notEqual(after['UUID'], before['UUID']);
    });
  }

  it('sets a backup in the format before iOS 10 aside and removes it in the end', async () => {
    const phone = testPhone();
    const { udid } = phone.identity;
    const host = new MemoryHost();
    await host.backup(phone);
    host.files.set(`${udid}/Status.plist`, writeBinaryPlist({ ...(statusOf(host, phone) as object), Version: '2.4' }));
    host.forget();
    assert.equal((await host.backup(phone))?.code, 0);
    const moved = host.messages.find(([name]) => name === 'DLMessageMoveItems');
    const aside = `${udid}-20260301-120001`;
    assert.deepEqual({ ...asDict(moved?.[1]) }, { [udid]: aside });
    const removed = host.messages.filter(([name]) => name === 'DLMessageRemoveItems').map(([, paths]) => paths);
    assert.deepEqual(removed, [[`${udid}/Snapshot`], [aside]]);
    assert.equal(statusOf(host, phone)['IsFullBackup'], true);
  });

  it('ends with 205 when the folder looks empty or Manifest.plist is missing, with 11 when Status.plist is none', async () => {
    const phone = testPhone();
    const { udid } = phone.identity;
    const host = new MemoryHost();
    await host.backup(phone);
    host.override = (message) => (message[0] === 'DLContentsOfDirectory' ? ['DLMessageStatusResponse', 0, '', {}] : undefined);
    assert.equal((await host.backup(phone))?.code, 205);
    host.override = undefined;
    host.files.set(`${udid}/Status.plist`, Buffer.alloc(0));
    assert.equal((await host.backup(phone))?.code, 11);
    host.files.clear();
    const other = testPhone(new ListContent());
    await host.backup(other);
    host.files.delete(`${other.identity.udid}/Manifest.plist`);
    const verdict = await host.backup(other);
    assert.equal(verdict?.code, 205);
    assert.match(verdict?.text ?? '', /^Error reading backup properties \(MBErrorDomain\/205\)\. Underlying error: No such file or directory at path ".*Manifest\.plist" \(MBErrorDomain\/4\)$/);
  });

  it('takes over 5,000 unchanged rows without reading any file', async () => {
    const content = manyFiles(5000);
    const phone = testPhone(content);
    const host = new MemoryHost();
    await host.backup(phone);
    content.reads.length = 0;
    content.put({ domain: 'CameraRollDomain', path: 'Media/77.bin', bytes: Buffer.from('changed') });
    assert.equal((await host.backup(phone))?.code, 0);
    assert.deepEqual(content.reads, ['CameraRollDomain/Media/77.bin']);
    assert.equal(contentOf(host, phone.identity.udid, undefined).size, 5000);
  });
});
