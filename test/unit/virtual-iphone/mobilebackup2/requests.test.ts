import assert from 'node:assert/strict';
import { writeBinaryPlist, type PlistDict } from '../../../../src/plist/index.ts';
import type { VirtualPhone } from '../../../../src/virtual-iphone/index.ts';
import { MemoryHost, type Verdict } from './support/memory-host.ts';
import { testPhone } from './support/phone.ts';

function change(phone: VirtualPhone, passwords: PlistDict): Promise<Verdict | undefined> {
  return new MemoryHost().ask(phone, { MessageName: 'ChangePassword', TargetIdentifier: phone.identity.udid, ...passwords });
}

const about = (phone: VirtualPhone, MessageName: string, more: PlistDict = {}): PlistDict => ({
  MessageName, TargetIdentifier: phone.identity.udid, SourceIdentifier: phone.identity.udid, ...more,
});

describe('ChangePassword', () => {
  it('switches encryption on, changes it, switches it off; notifies before the verdict', async () => {
    const phone = testPhone();
    const seen: string[] = [];
    phone.observe((name) => seen.push(`${name} ${phone.value('com.apple.mobile.backup', 'WillEncrypt') === true}`));
    assert.equal((await change(phone, { NewPassword: 'one' }))?.code, 0);
    assert.equal((await change(phone, { OldPassword: 'one', NewPassword: 'two' }))?.code, 0);
    assert.equal(phone.agentMemory.backupPassword, 'two');
    assert.equal((await change(phone, { OldPassword: 'two' }))?.code, 0);
    assert.deepEqual(seen, ['true', 'true', 'false'].map((value) => `com.apple.mobile.backup.domain_changed ${value}`));
  });

  it('refuses a wrong old password with 207, at once', async () => {
    const phone = testPhone();
    await change(phone, { NewPassword: 'one' });
    phone.setMoods({ passcode: 'ignored' });
    for (const passwords of [{ OldPassword: 'two' }, { NewPassword: 'two' }, { OldPassword: 'One', NewPassword: 'two' }]) {
      const verdict = await change(phone, passwords);
      assert.deepEqual([verdict?.code, verdict?.text], [207, 'Invalid password (MBErrorDomain/207)']);
    }
    assert.equal(phone.agentMemory.backupPassword, 'one');
  });

  it('needs the passcode since iOS 13', async () => {
    const moods = { passcode: 'refused', passcodeDelay: 1 } as const;
    assert.equal((await change(testPhone(undefined, { moods }), { NewPassword: 'one' }))?.code, 208);
    assert.equal((await change(testPhone(undefined, { moods, ios: '12.5.7' }), { NewPassword: 'one' }))?.code, 0);
  });

  it('cannot switch off what a profile demands', async () => {
    const phone = testPhone(undefined, { moods: { mdmForcesEncryption: true } });
    assert.equal((await change(phone, { NewPassword: 'one' }))?.code, 0);
    const verdict = await change(phone, { OldPassword: 'one' });
    assert.equal(verdict?.code, 1);
    assert.match(verdict?.text ?? '', /Encrypted Backup MDM setting present on device \(MBErrorDomain\/22\)$/);
    assert.equal((await change(phone, { OldPassword: 'one', NewPassword: 'two' }))?.code, 0);
  });
});

describe('other requests', () => {
  it('lists a backup as comma-separated values', async () => {
    const phone = testPhone();
    const host = new MemoryHost();
    await host.backup(phone);
    const verdict = await host.ask(phone, about(phone, 'List'));
    const lines = verdict?.content?.split('\n') ?? [];
    assert.ok(lines.includes('HomeDomain,Library/SMS/sms.db,100644,65536,2023-11-14T22:13:20.000Z'), verdict?.text);
    assert.equal(lines.length, 17 + 1, 'all but what is below HealthDomain, and an end of line');
  });

  it('says what a backup is', async () => {
    const phone = testPhone();
    const host = new MemoryHost();
    await host.backup(phone);
    host.files.set(`${phone.identity.udid}/Info.plist`, writeBinaryPlist({ 'Device Name': 'Ada', 'Product Version': '18.5' }));
    assert.equal((await host.ask(phone, about(phone, 'Info')))?.content, 'Encrypted: no\nDevice Name: Ada\nProduct Version: 18.5\n');
  });

  it('unpacks an encrypted backup into _unback_', async () => {
    const phone = testPhone();
    phone.agentMemory.backupPassword = 'secret';
    const host = new MemoryHost();
    await host.backup(phone);
    assert.equal((await host.ask(phone, about(phone, 'Unback')))?.code, 207);
    assert.equal((await host.ask(phone, about(phone, 'Unback', { Password: 'secret' })))?.code, 0);
    assert.equal(host.files.get('_unback_/CameraRollDomain/Media/DCIM/Gru\u0308ße \u{1f600}.txt')?.toString(), 'hello');
    assert.equal(host.files.get('_unback_/HealthDomain/Health/healthdb.sqlite')?.length, 4096);
    assert.ok(host.folders.has('_unback_/HomeDomain/Library/SMS'));
  });

  it('switches iCloud backup', async () => {
    const phone = testPhone();
    const host = new MemoryHost();
    await host.ask(phone, about(phone, 'EnableCloudBackup', { CloudBackupState: true }));
    assert.equal(phone.moods.cloudBackupEnabled, true);
    await host.ask(phone, about(phone, 'EnableCloudBackup', { Options: { CloudBackupState: false } }));
    assert.equal(phone.moods.cloudBackupEnabled, false);
  });

  it('refuses to erase itself, loudly; drops the link at unknown requests', async () => {
    const phone = testPhone();
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    assert.equal((await new MemoryHost().ask(phone, about(phone, 'EraseDevice')))?.code, 1);
    assert.match((await warned).message, /erase/);
    assert.match((await new MemoryHost().ask(phone, about(phone, 'Remove')))?.text ?? '', /no longer supported/);
    assert.equal(await new MemoryHost().ask(phone, about(phone, 'Nonsense')), undefined);
  });

  it('does one thing at a time', async () => {
    const phone = testPhone(undefined, { moods: { scanTime: 300 } });
    const first = new MemoryHost();
    await first.backup(phone);
    const running = first.backup(phone);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal((await new MemoryHost().backup(phone))?.code, 14);
    assert.equal((await running)?.code, 0);
  });
});
