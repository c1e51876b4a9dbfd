import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { asDict, readPlist } from '../../src/plist/index.ts';
import { manyFiles, sampleContent } from '../unit/virtual-iphone/mobilebackup2/support/list-content.ts';
import { assertSameFiles, isHealth, udidOf, Workbench } from './support/idevicebackup2.ts';
import { sideBySide } from './support/side-by-side.ts';
import { hashTree, runTool } from './support/tools.ts';

describe('idevicebackup2 backs a virtual iPhone up', function () {
  this.timeout(180_000);
  const test = sideBySide();

  const status = (bench: Workbench, udid: string): Record<string, unknown> => ({ ...asDict(readPlist(readFileSync(join(bench.folder, udid, 'Status.plist')))) });

  test('in full, and the folder is what Apple would write', async (bench) => {
    const content = sampleContent();
    const phone = await bench.phone({ content });
    const udid = udidOf(phone);
    const output = await bench.backup(phone, '--full');
    assert.match(output, /Full backup mode\./);
    assert.match(output, /Moving 6 files/);
    assertSameFiles(bench.content(phone), content, isHealth);
    assert.equal(statSync(join(bench.folder, udid, 'Status.plist')).size, 189);
    assert.deepEqual([status(bench, udid)['SnapshotState'], status(bench, udid)['BackupState'], status(bench, udid)['IsFullBackup']], ['finished', 'new', true]);
    assert.ok(!existsSync(join(bench.folder, udid, 'Snapshot')));
    assert.equal(readdirSync(join(bench.folder, udid)).length, 256 + 4);
  });

  test('and the sqlite3 program reads its manifest', async (bench) => {
    const phone = await bench.phone();
    await bench.backup(phone, '--full');
    const database = `file:${join(bench.folder, udidOf(phone), 'Manifest.db')}?immutable=1`;
    const ask = async (sql: string): Promise<string> => (await runTool('sqlite3', [database, sql], '')).output.trim();
    assert.equal(await ask('PRAGMA integrity_check; PRAGMA user_version; PRAGMA page_size'), 'ok\n2\n4096');
    assert.equal(await ask('SELECT flags, count(*) FROM Files GROUP BY flags'), '1|6\n2|10\n4|1');
    assert.equal(await ask('SELECT count(*) FROM Properties'), '0');
    assert.equal(await ask("SELECT fileID FROM Files WHERE relativePath = 'Library/SMS/sms.db'"), '3d0d7e5fb2ce288813306e4d4636395e047a3d28');
    assert.equal(await ask("SELECT group_concat(relativePath, ':') FROM (SELECT * FROM Files WHERE domain = 'CameraRollDomain' AND flags = 2)"), ':Media:Media/DCIM');
  });

  test('incrementally, and only what changed travels', async (bench) => {
    const content = sampleContent();
    const phone = await bench.phone({ content });
    await bench.backup(phone, '--full');
    const before = status(bench, udidOf(phone));
    content.put({ domain: 'HomeDomain', path: 'Library/SMS/sms.db', bytes: Buffer.from('new messages') });
    content.put({ domain: 'CameraRollDomain', path: 'Media/DCIM/IMG_0002.JPG', bytes: Buffer.alloc(300_000, 2) });
    content.remove('CameraRollDomain', 'Media/DCIM/IMG_0001.JPG');
    content.reads.length = 0;
    const output = await bench.backup(phone);
    assert.match(output, /Incremental backup mode\./);
    // Two contents, Manifest.plist, Manifest.db and four times Status.plist.
    assert.match(output, /Received 8 files from device\./);
    assert.deepEqual(content.reads, ['HomeDomain/Library/SMS/sms.db', 'CameraRollDomain/Media/DCIM/IMG_0002.JPG']);
    assertSameFiles(bench.content(phone), content, isHealth);
    const after = status(bench, udidOf(phone));
    assert.deepEqual([after['UUID'], after['IsFullBackup']], [before['UUID'], false]);
    const files = readdirSync(join(bench.folder, udidOf(phone)), { recursive: true }).filter((name) => /[0-9a-f]{40}$/.test(String(name)));
    assert.equal(files.length, 6);
  });

  test('once more after the link broke inside a file, sending only the rest', async (bench) => {
    const content = manyFiles(400);
    const phone = await bench.phone({ content, moods: { faults: [{ kind: 'disconnect', at: { file: 300, byte: 3 } }] } });
    const broken = await bench.run(phone, ['backup', '--full', bench.folder]);
    assert.equal(broken.code, 255);
    assert.equal(status(bench, udidOf(phone))['SnapshotState'], 'uploading');
    content.reads.length = 0;
    await bench.backup(phone);
    assert.ok(content.reads.length >= 100 && content.reads.length < 145, `${content.reads.length} files`);
    assertSameFiles(bench.content(phone), content);
  });

  test('the same to the byte from another phone of the same seed, state and clock, encrypted too', async () => {
    const [plain, plainAgain, sealed, sealedAgain] = await Promise.all([undefined, undefined, 'secret', 'secret'].map(freshBackup));
    assert.ok(plain && plain.size > 8);
    assert.deepEqual(plain, plainAgain);
    assert.deepEqual(sealed, sealedAgain);
    assert.notDeepEqual(plain, sealed);
  });

  test('over Wi-Fi', async (bench) => {
    const phone = await bench.phone({ connections: ['Network'] });
    await bench.backup(phone, '--full', '-n');
    assert.equal(status(bench, udidOf(phone))['SnapshotState'], 'finished');
  });

  test('then prints info and list, and unpacks', async (bench) => {
    const phone = await bench.phone();
    await bench.backup(phone, '--full');
    const info = await bench.run(phone, ['info', bench.folder]);
    assert.equal(info.code, 0);
    assert.match(info.output, /^Encrypted: no$/m);
    assert.match(info.output, /^Product Version: 18\.5$/m);
    const list = await bench.run(phone, ['list', bench.folder]);
    assert.equal(list.code, 0);
    assert.match(list.output, /^HomeDomain,Library\/SMS\/sms\.db,100644,65536,/m);
    const unback = await bench.run(phone, ['unback', bench.folder]);
    assert.equal(unback.code, 0);
    assert.match(unback.output, /Unback Successful\./);
    const unpacked = join(bench.folder, '_unback_', 'CameraRollDomain', 'Media', 'DCIM');
    assert.equal(readFileSync(join(unpacked, 'Gru\u0308ße \u{1f600}.txt'), 'utf8'), 'hello');
    assert.equal(statSync(join(unpacked, 'IMG_0001.JPG')).size, 600_001);
  });
});

/** Hashes of a new phone's first backup. */
async function freshBackup(password: string | undefined): Promise<Map<string, string>> {
  const bench = new Workbench();
  try {
    const phone = await bench.phone();
    phone.phone.agentMemory.backupPassword = password;
    await bench.backup(phone, '--full');
    const tree = await hashTree(bench.folder);
    // The tool's own file has the time and a random id.
    tree.delete(join(udidOf(phone), 'Info.plist'));
    return tree;
  } finally {
    await bench.close();
  }
}
