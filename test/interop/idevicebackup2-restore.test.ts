import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { PhoneContent } from '../../src/virtual-iphone/contract.ts';
import { encryptedOnly } from '../../src/virtual-iphone/content/domains.ts';
import { createContent } from '../../src/virtual-iphone/content/index.ts';
import type { RunningVirtual } from '../../src/virtual-iphone/index.ts';
import { compareContents } from '../../src/virtual-iphone/mobilebackup2/compare.ts';
import { ListContent, sampleContent } from '../unit/virtual-iphone/mobilebackup2/support/list-content.ts';
import { isHealth, udidOf, type Workbench } from './support/idevicebackup2.ts';
import { sideBySide } from './support/side-by-side.ts';

const whole = ['--system', '--settings', '--remove'];

function ownThings(): ListContent {
  return new ListContent([
    { domain: 'HomeDomain', path: '', kind: 'directory' },
    { domain: 'HomeDomain', path: 'Library', kind: 'directory' },
    { domain: 'HomeDomain', path: 'Library/Preferences', kind: 'directory' },
    { domain: 'HomeDomain', path: 'Library/Preferences/com.apple.test.plist', bytes: Buffer.from('own settings') },
    { domain: 'HomeDomain', path: 'Library/own', bytes: Buffer.from('own') },
  ]);
}

function read(content: PhoneContent, path: string): string | undefined {
  for (const item of content.items()) if (`${item.domain}/${item.path}` === path) return Buffer.concat([...content.read(item, 1000)]).toString();
  return undefined;
}

/** Resolves when a phone has gone and come back. */
function comesBack({ phone: { presence } }: RunningVirtual): Promise<void> {
  return new Promise((resolve) => {
    const stop = presence.follow((present) => {
      if (!present) return;
      stop();
      resolve();
    });
  });
}

describe('idevicebackup2 restores a virtual iPhone', function () {
  this.timeout(180_000);
  const test = sideBySide();

  async function restore(bench: Workbench, phone: RunningVirtual, source: RunningVirtual, ...args: string[]): Promise<void> {
    const { code, output } = await bench.run(phone, ['-s', udidOf(source), 'restore', ...args, bench.folder]);
    assert.match(output, /Restore Successful\./);
    assert.equal(code, 0);
  }

  test('with generated content, plain: a second phone has the same', async (bench) => {
    const content = createContent({ kind: 'tiny' }, { seed: 1, ios: '18.5', productType: 'iPhone16,1', language: 'en', clock: new Date('2026-01-01T00:00:00Z') });
    const first = await bench.phone({ content });
    await bench.backup(first, '--full');
    const second = await bench.phone({ seed: 2, content: new ListContent() });
    await restore(bench, second, first, ...whole);
    assert.deepEqual(compareContents(content, second.phone.content, { ignore: encryptedOnly }), []);
  });

  test('with generated content, encrypted: a second phone has the same, with health data', async (bench) => {
    const content = createContent({ kind: 'tiny' }, { seed: 1, ios: '18.5', productType: 'iPhone16,1', language: 'en', clock: new Date('2026-01-01T00:00:00Z') });
    const first = await bench.phone({ content });
    first.phone.agentMemory.backupPassword = 'secret';
    await bench.backup(first, '--full');
    const second = await bench.phone({ seed: 2, content: ownThings() });
    await restore(bench, second, first, ...whole, '--password', 'secret');
    assert.deepEqual(compareContents(content, second.phone.content), []);
  });

  test('on the same phone, whose changes since are gone', async (bench) => {
    const content = sampleContent();
    const phone = await bench.phone({ content });
    await bench.backup(phone, '--full');
    content.put({ domain: 'CameraRollDomain', path: 'Media/DCIM/later.jpg', bytes: Buffer.from('later') });
    content.put({ domain: 'HomeDomain', path: 'Library/SMS/sms.db', bytes: Buffer.from('later') });
    await restore(bench, phone, phone, ...whole);
    assert.deepEqual(compareContents(sampleContent(), phone.phone.content, { ignore: isHealth }), []);
    assert.deepEqual(phone.phone.content.apps().map((app) => app.bundleId), ['com.example.app']);
  });

  test('without --remove, --settings and --system: what they say stays', async (bench) => {
    const first = await bench.phone();
    await bench.backup(first, '--full');
    const restored = async (seed: number, ...options: string[]): Promise<RunningVirtual> => {
      const phone = await bench.phone({ seed, content: ownThings() });
      await restore(bench, phone, first, ...options);
      return phone;
    };
    const [kept, settings, user] = await Promise.all([
      restored(2, '--system', '--settings'), restored(3, '--system', '--remove'), restored(4, '--settings', '--remove'),
    ]);
    assert.equal(read(kept.phone.content, 'HomeDomain/Library/own'), 'own');
    assert.equal(read(kept.phone.content, 'HomeDomain/Library/Preferences/com.apple.test.plist'), 'settings');
    assert.equal(read(settings.phone.content, 'HomeDomain/Library/own'), undefined);
    assert.equal(read(settings.phone.content, 'HomeDomain/Library/Preferences/com.apple.test.plist'), 'own settings');
    assert.equal(read(user.phone.content, 'HomeDomain/Library/own'), 'own');
    assert.equal(read(user.phone.content, 'AppDomain-com.example.app/Documents/data'), 'x'.repeat(16));
  });

  test('with --copy the backup is copied first', async (bench) => {
    const phone = await bench.phone();
    await bench.backup(phone, '--full');
    await restore(bench, phone, phone, ...whole, '--copy');
    const folders = readdirSync(bench.folder).filter((name) => name.startsWith(udidOf(phone)));
    assert.equal(folders.length, 2);
    assert.ok(folders.some((name) => /-2026\d{4}-\d{6}$/.test(name)));
  });

  test('with --no-reboot a second restore ends with 102', async (bench) => {
    const phone = await bench.phone();
    await bench.backup(phone, '--full');
    await restore(bench, phone, phone, ...whole, '--no-reboot');
    const again = await bench.run(phone, ['restore', ...whole, bench.folder]);
    assert.deepEqual([again.code, /ErrorCode 102: Failed to move the incomplete restore directory into place/.test(again.output)], [256 - 102, true]);
    const back = comesBack(phone);
    phone.phone.restart(0);
    await back;
    await restore(bench, phone, phone, ...whole);
  });

  test('brings apps back, but with --skip-apps', async (bench) => {
    const first = await bench.phone();
    await bench.backup(first, '--full');
    const appsAfter = async (seed: number, ...options: string[]): Promise<string[]> => {
      const second = await bench.phone({ seed, content: ownThings() });
      await restore(bench, second, first, ...whole, ...options);
      return second.phone.content.apps().map((app) => app.bundleId);
    };
    assert.deepEqual(await Promise.all([appsAfter(2), appsAfter(3, '--skip-apps')]), [['com.example.app'], []]);
  });

  test('with the right password only', async (bench) => {
    const phone = await bench.phone();
    phone.phone.agentMemory.backupPassword = 'secret';
    await bench.backup(phone, '--full');
    const before = phone.phone.content;
    const wrong = await bench.run(phone, ['restore', ...whole, '--password', 'wrong', bench.folder]);
    assert.deepEqual([wrong.code, /ErrorCode 207: Invalid password when restoring encrypted backup/.test(wrong.output)], [49, true]);
    assert.equal(phone.phone.content, before);
    await restore(bench, phone, phone, ...whole, '--password', 'secret');
  });

  test('restarts it afterwards: it comes back under a new id', async (bench) => {
    const phone = await bench.phone();
    await bench.backup(phone, '--full');
    const events: boolean[] = [];
    const stop = phone.phone.presence.follow((present) => events.push(present));
    const back = comesBack(phone);
    await restore(bench, phone, phone, ...whole);
    await back;
    stop();
    assert.deepEqual(events, [false, true]);
  });

  test('over a slow link, where the verdict takes its time, before it restarts', async (bench) => {
    const phone = await bench.phone({ moods: { rate: 1_500_000 } });
    await bench.backup(phone, '--full');
    await restore(bench, phone, phone, ...whole);
  });

  test('ends with the error the phone gives', async (bench) => {
    const phone = await bench.phone({ moods: { findMy: true } });
    await bench.backup(phone, '--full');
    const { code, output } = await bench.run(phone, ['restore', ...whole, bench.folder]);
    assert.deepEqual([code, /ErrorCode 211: Find My iPhone must be disabled before restoring \(MBErrorDomain\/211\)/.test(output)], [256 - 211, true]);
  });
});
