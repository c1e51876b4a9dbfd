import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asBoolean, asData, asDict, readPlist } from '../../src/plist/index.ts';
import { sampleContent } from '../unit/virtual-iphone/mobilebackup2/support/list-content.ts';
import { assertSameFiles, isHealth, udidOf } from './support/idevicebackup2.ts';
import { sideBySide } from './support/side-by-side.ts';

describe('idevicebackup2 and the backup password of a virtual iPhone', function () {
  this.timeout(180_000);
  const test = sideBySide();

  test('switches encryption on, changes the password, switches it off; each backup opens with the password of its time', async (bench) => {
    const content = sampleContent();
    const phone = await bench.phone({ content });
    const on = await bench.run(phone, ['encryption', 'on', 'first']);
    assert.deepEqual([on.code, /Backup encryption has been enabled successfully\./.test(on.output)], [0, true]);
    assert.match(await bench.backup(phone, '--full'), /Backup will be encrypted\./);
    const manifest = asDict(readPlist(readFileSync(join(bench.folder, udidOf(phone), 'Manifest.plist')))) ?? {};
    assert.deepEqual([asBoolean(manifest['IsEncrypted']), asData(manifest['BackupKeyBag'])?.length, asData(manifest['ManifestKey'])?.length], [true, 1388, 44]);
    assertSameFiles(bench.content(phone, 'first'), content);

    content.put({ domain: 'HomeDomain', path: 'Library/SMS/sms.db', bytes: Buffer.from('changed') });
    content.reads.length = 0;
    await bench.backup(phone);
    assert.deepEqual(content.reads, ['HomeDomain/Library/SMS/sms.db']);
    assertSameFiles(bench.content(phone, 'first'), content);

    const wrong = await bench.run(phone, ['changepw', 'wrong', 'second']);
    assert.deepEqual([wrong.code, /ErrorCode 207: Invalid password \(MBErrorDomain\/207\)/.test(wrong.output)], [49, true]);
    const change = await bench.run(phone, ['changepw', 'first', 'second']);
    assert.deepEqual([change.code, /password has been changed successfully\./.test(change.output)], [0, true]);
    await bench.backup(phone);
    assertSameFiles(bench.content(phone, 'second'), content);
    assert.throws(() => bench.content(phone, 'first'));

    const off = await bench.run(phone, ['encryption', 'off', 'second']);
    assert.deepEqual([off.code, /Backup encryption has been disabled successfully\./.test(off.output)], [0, true]);
    assert.match(await bench.backup(phone), /Backup will be unencrypted\./);
    assertSameFiles(bench.content(phone), content, isHealth);
  });

  test('refuses to switch on what is on and off what is off', async (bench) => {
    const phone = await bench.phone();
    assert.equal((await bench.run(phone, ['encryption', 'off', 'x'])).code, 255);
    await bench.run(phone, ['encryption', 'on', 'x']);
    assert.equal((await bench.run(phone, ['encryption', 'on', 'y'])).code, 255);
  });

  test('unpacks an encrypted backup with its password only', async (bench) => {
    const phone = await bench.phone();
    await bench.run(phone, ['encryption', 'on', 'secret']);
    await bench.backup(phone, '--full');
    const without = await bench.run(phone, ['info', bench.folder]);
    assert.deepEqual([without.code, /ErrorCode 207/.test(without.output)], [49, true]);
    assert.equal((await bench.run(phone, ['unback', '--password', 'secret', bench.folder])).code, 0);
    assert.equal(readFileSync(join(bench.folder, '_unback_', 'HealthDomain', 'Health', 'healthdb.sqlite')).length, 4096);
  });

  test('switches iCloud backup on and off', async (bench) => {
    const phone = await bench.phone();
    const on = await bench.run(phone, ['cloud', 'on']);
    assert.deepEqual([on.code, phone.phone.moods.cloudBackupEnabled], [0, true]);
    assert.match(on.output, /Cloud backup has been enabled successfully\./);
    assert.equal((await bench.run(phone, ['cloud', 'off'])).code, 0);
    assert.equal(phone.phone.moods.cloudBackupEnabled, false);
  });
});
