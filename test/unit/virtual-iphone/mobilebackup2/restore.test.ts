import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asDict, readPlist, writeBinaryPlist, writeXmlPlist, type PlistDict } from '../../../../src/plist/index.ts';
import type { PhoneContent, PhoneItem } from '../../../../src/virtual-iphone/contract.ts';
import type { VirtualPhone } from '../../../../src/virtual-iphone/index.ts';
import { compareContents } from '../../../../src/virtual-iphone/mobilebackup2/compare.ts';
import { ListContent, sampleContent } from './support/list-content.ts';
import { MemoryHost } from './support/memory-host.ts';
import { testPhone } from './support/phone.ts';

const everything: PlistDict = { RestoreSystemFiles: true, RestoreDontCopyBackup: true, RestorePreserveSettings: false, RemoveItemsNotRestored: true };
const isHealth = ({ domain }: PhoneItem): boolean => domain === 'HealthDomain';

interface BackedUp {
  readonly content: ListContent;
  readonly phone: VirtualPhone;
  readonly udid: string;
  readonly host: MemoryHost;
}

async function backedUp(password?: string): Promise<BackedUp> {
  const content = sampleContent();
  const phone = testPhone(content);
  phone.agentMemory.backupPassword = password;
  const host = new MemoryHost();
  assert.equal((await host.backup(phone))?.code, 0);
  return { content, phone, udid: phone.identity.udid, host };
}

/** A second phone with some things of its own. */
function otherPhone(moods: object = {}): VirtualPhone {
  const content = new ListContent([
    { domain: 'HomeDomain', path: '', kind: 'directory' },
    { domain: 'HomeDomain', path: 'Library', kind: 'directory' },
    { domain: 'HomeDomain', path: 'Library/Preferences', kind: 'directory' },
    { domain: 'HomeDomain', path: 'Library/Preferences/com.apple.test.plist', bytes: Buffer.from('own settings') },
    { domain: 'HomeDomain', path: 'Library/own', bytes: Buffer.from('own') },
    { domain: 'CameraRollDomain', path: '', kind: 'directory' },
    { domain: 'CameraRollDomain', path: 'Media', kind: 'directory' },
    { domain: 'CameraRollDomain', path: 'Media/own.jpg', bytes: Buffer.from('own photo') },
  ]);
  return testPhone(content, { seed: 2, moods });
}

function read(content: PhoneContent, domain: string, path: string): string | undefined {
  for (const item of content.items()) if (item.domain === domain && item.path === path) return Buffer.concat([...content.read(item, 1000)]).toString();
  return undefined;
}

/** Changes Manifest.db of a plain backup. */
function editManifest({ host, udid }: BackedUp, sql: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'edit-'));
  const path = join(folder, 'Manifest.db');
  writeFileSync(path, (host.files.get(`${udid}/Manifest.db`) as Buffer).fill(1, 18, 20));
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
  host.files.set(`${udid}/Manifest.db`, readFileSync(path));
  rmSync(folder, { recursive: true });
}

describe('a restore', () => {
  for (const password of [undefined, 'secret']) {
    it(`leaves equal content on a second phone (${password === undefined ? 'plain' : 'encrypted'})`, async () => {
      const { content, udid, host } = await backedUp(password);
      const target = otherPhone();
      host.forget();
      const options = password === undefined ? everything : { ...everything, Password: password };
      assert.deepEqual(await host.restore(target, udid, options), { code: 0, text: undefined, content: undefined });
      assert.deepEqual(host.sent.slice(0, 4), ['Status.plist', 'Manifest.plist', 'Manifest.db', 'Info.plist'].map((name) => `${udid}/${name}`));
      const ignore = password === undefined ? isHealth : undefined;
      assert.deepEqual(compareContents(content, target.content, { ignore }), []);
      target.close();
    });
  }

  it('of a restored phone\'s own backup leaves equal content again', async () => {
    const { content, udid, host } = await backedUp('secret');
    const second = otherPhone();
    await host.restore(second, udid, { ...everything, Password: 'secret' });
    const next = new MemoryHost();
    second.agentMemory.backupPassword = 'other';
    assert.equal((await next.backup(second))?.code, 0);
    const third = testPhone(new ListContent(), { seed: 3 });
    assert.equal((await next.restore(third, second.identity.udid, { ...everything, Password: 'other' }))?.code, 0);
    assert.deepEqual(compareContents(content, third.content), []);
  });

  it('without RemoveItemsNotRestored keeps what the backup lacks', async () => {
    const { udid, host } = await backedUp();
    const target = otherPhone();
    await host.restore(target, udid, { ...everything, RemoveItemsNotRestored: false });
    assert.equal(read(target.content, 'HomeDomain', 'Library/own'), 'own');
    assert.equal(read(target.content, 'CameraRollDomain', 'Media/own.jpg'), 'own photo');
    assert.equal(read(target.content, 'HomeDomain', 'Library/Preferences/com.apple.test.plist'), 'settings');
    const inodes = [...target.content.items()].map((item) => item.inode);
    assert.equal(new Set(inodes).size, inodes.length);
  });

  it('without RestoreSystemFiles touches only the person\'s own domains', async () => {
    const { udid, host } = await backedUp();
    const target = otherPhone();
    await host.restore(target, udid, { ...everything, RestoreSystemFiles: false });
    assert.equal(read(target.content, 'HomeDomain', 'Library/SMS/sms.db'), undefined);
    assert.equal(read(target.content, 'HomeDomain', 'Library/own'), 'own');
    assert.equal(read(target.content, 'CameraRollDomain', 'Media/own.jpg'), undefined);
    assert.equal(read(target.content, 'CameraRollDomain', 'Media/DCIM/Gru\u0308ße \u{1f600}.txt'), 'hello');
  });

  it('goes by the device class of the backup, where it names one, instead of RestoreSystemFiles', async () => {
    for (const [deviceClass, asked, expected] of [['iPhone', false, 70_000], ['iPad', true, undefined]] as const) {
      const backup = await backedUp();
      editPlist(backup, 'Manifest.plist', { Lockdown: { DeviceClass: deviceClass } });
      const target = otherPhone();
      await backup.host.restore(target, backup.udid, { ...everything, RestoreSystemFiles: asked });
      assert.equal(read(target.content, 'HomeDomain', 'Library/SMS/sms.db')?.length, expected);
    }
  });

  it('with RestorePreserveSettings keeps the phone\'s own settings', async () => {
    const { udid, host } = await backedUp();
    const target = otherPhone();
    await host.restore(target, udid, { ...everything, RestorePreserveSettings: true });
    assert.equal(read(target.content, 'HomeDomain', 'Library/Preferences/com.apple.test.plist'), 'own settings');
    assert.equal(read(target.content, 'HomeDomain', 'Library/own'), undefined);
  });

  it('has the host copy the backup first unless told not to', async () => {
    const { udid, host } = await backedUp();
    host.forget();
    await host.restore(otherPhone(), udid, { ...everything, RestoreDontCopyBackup: false });
    const copies = host.messages.filter(([name]) => name === 'DLMessageCopyItem').map(([, from, to]) => [from, to]);
    assert.deepEqual(copies, [[udid, `${udid}-20260301-120000`]]);
  });

  it('restores containers of known apps only', async () => {
    const source = await backedUp();
    editPlist(source, 'Manifest.plist', { Applications: {} });
    const target = otherPhone();
    await source.host.restore(target, source.udid, everything);
    assert.equal(read(target.content, 'AppDomain-com.example.app', 'Documents/data'), undefined);
    const second = otherPhone();
    second.mediaFiles.set('iTunesRestore/RestoreApplications.plist', writeXmlPlist({ 'com.example.app': { ApplicationSINF: Buffer.from('sinf') } }));
    await source.host.restore(second, source.udid, everything);
    assert.equal(read(second.content, 'AppDomain-com.example.app', 'Documents/data'), 'x'.repeat(16));
    assert.deepEqual(second.content.apps().map((app) => [app.bundleId, app.sinf?.toString()]), [['com.example.app', 'sinf']]);
  });

  it('restarts the phone, or makes the next restore fail with 102 until it does', async () => {
    const { udid, host } = await backedUp();
    const target = otherPhone();
    await host.restore(target, udid, { ...everything, RestoreShouldReboot: false });
    const verdict = await host.restore(target, udid, everything);
    assert.deepEqual([verdict?.code, verdict?.text?.slice(0, 90)], [102, 'Failed to move the incomplete restore directory into place at path "/var/.backup.i" (MBErr']);
    target.restart(0);
    assert.equal((await host.restore(target, udid, everything))?.code, 0);
    assert.equal((await host.restore(target, udid, everything))?.code, 0, 'the restart was part of the restore');
  });

  it('restarts the phone after the goodbye of a host, however long that takes, or when the host is gone', async () => {
    const { udid, host } = await backedUp();
    for (const isLost of [false, true]) {
      const target = otherPhone();
      const events: boolean[] = [];
      const back = new Promise<void>((resolve) => target.presence.follow((present) => (events.push(present), present ? resolve() : undefined)));
      host.beforeGoodbye = async () => {
        await sleep(600);
        assert.deepEqual(events, [], 'the host still needs the phone');
      };
      if (isLost) host.leaveAt = ([name]) => name === 'DLMessageProcessMessage';
      await host.restore(target, udid, everything);
      assert.deepEqual(events, []);
      await back;
      assert.deepEqual(events, [false, true]);
      target.close();
    }
  });

  it('offers restored media to AFC', async () => {
    const { udid, host } = await backedUp();
    const target = otherPhone();
    await host.restore(target, udid, everything);
    const media = target.content.media();
    assert.deepEqual([...(media.list('') ?? [])], ['DCIM']);
    assert.deepEqual([...(media.list('DCIM') ?? [])].sort(), ['Gru\u0308ße \u{1f600}.txt', 'IMG_0001.JPG']);
    assert.equal(media.item('DCIM/IMG_0001.JPG')?.size, 600_001);
    assert.equal(media.list('nowhere'), undefined);
  });
});

describe('a restore that is refused', () => {
  const reasons: readonly (readonly [string, number, (backup: BackedUp, target: VirtualPhone) => void, RegExp?])[] = [
    ['Find My is on', 211, (_, target) => target.setMoods({ findMy: true }), /^Find My iPhone must be disabled before restoring \(MBErrorDomain\/211\)$/],
    ['the phone is locked', 208, (_, target) => target.setMoods({ locked: true })],
    ['the phone is full', 106, (_, target) => target.setMoods({ freeSpace: 1000 })],
    ['Status.plist is missing', 103, ({ host, udid }) => void host.files.delete(`${udid}/Status.plist`)],
    ['Status.plist is of the future', 203, (backup) => editStatus(backup, { Version: '4.0' })],
    ['the backup is empty', 204, (backup) => editStatus(backup, { BackupState: 'empty' })],
    ['the backup is old', 203, (backup) => editStatus(backup, { BackupState: 'old' })],
    ['the backup is not finished', 205, (backup) => editStatus(backup, { SnapshotState: 'moving' })],
    ['Manifest.plist is missing', 205, ({ host, udid }) => void host.files.delete(`${udid}/Manifest.plist`), /^Error reading backup properties/],
    ['the backup has no keybag', 205, (backup) => editPlist(backup, 'Manifest.plist', { BackupKeyBag: null })],
    ['the manifest is of the future', 203, (backup) => editPlist(backup, 'Manifest.plist', { Version: '11.0' })],
    ['the backup is of a newer system', 203, (backup) => editPlist(backup, 'Info.plist', { 'Product Version': '26.0' })],
    ['a content file is missing', 205, ({ host, udid }) => void host.files.delete(`${udid}/3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28`), /^Multiple errors downloading files/],
    ['a directory\'s row is missing', 2, (backup) => editManifest(backup, "DELETE FROM Files WHERE relativePath = 'Library/SMS'"), /No such file or directory/],
    ['a domain has a slash', 205, (backup) => editManifest(backup, "UPDATE Files SET domain = '../x' WHERE relativePath = 'Library/SMS'"), /^Domain name cannot contain a slash/],
    ['a path goes up', 205, (backup) => editManifest(backup, "UPDATE Files SET relativePath = '../x' WHERE relativePath = 'Library/SMS'")],
  ];
  for (const [reason, code, prepare, text] of reasons) {
    it(`because ${reason} ends with ${code} and changes nothing`, async () => {
      const backup = await backedUp();
      const target = otherPhone();
      const before = target.content;
      prepare(backup, target);
      const verdict = await backup.host.restore(target, backup.udid, everything);
      assert.equal(verdict?.code, code, verdict?.text);
      if (text) assert.match(verdict?.text ?? '', text);
      assert.equal(target.content, before);
    });
  }

  it('because the password is wrong or missing ends with 207', async () => {
    const { udid, host } = await backedUp('secret');
    for (const options of [everything, { ...everything, Password: 'Secret' }]) {
      const verdict = await host.restore(otherPhone(), udid, options);
      assert.equal(verdict?.code, 207);
      assert.equal(verdict?.text, 'Invalid password when restoring encrypted backup (MBErrorDomain/207). Underlying error: MKBKeyBagUnlock error (-3) (MBErrorDomain/207)');
    }
  });

  it('because encrypted content is cut ends with 205', async () => {
    const { udid, host } = await backedUp('secret');
    const path = `${udid}/3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28`;
    host.files.set(path, (host.files.get(path) as Buffer).subarray(0, -16));
    assert.equal((await host.restore(otherPhone(), udid, { ...everything, Password: 'secret' }))?.code, 205);
  });
});

function editPlist({ host, udid }: BackedUp, name: string, change: PlistDict): void {
  const dict = { ...asDict(readPlist(host.files.get(`${udid}/${name}`) as Buffer)), ...change };
  for (const key of Object.keys(change)) if (change[key] === null) delete dict[key];
  host.files.set(`${udid}/${name}`, writeBinaryPlist(dict));
}

const editStatus = (backup: BackedUp, change: PlistDict): void => editPlist(backup, 'Status.plist', change);
