import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { writeBinaryPlist } from '../../../../src/plist/index.ts';
import type { PhoneContent } from '../../../../src/virtual-iphone/contract.ts';
import { BackupContentError, openContent } from '../../../../src/virtual-iphone/content/index.ts';
import { Random } from '../../../../src/virtual-iphone/content/random.ts';
import { bytesOf, find, nameOf, options } from './helpers.ts';
import { fileIdOf, miniPassword, writeMiniBackup, type MiniFile } from './mini-backup.ts';

const [file, directory, link] = [0o100644, 0o040755, 0o120755];
const random = new Random(1, 'mini backup');

const attributes = { 'com.apple.x': Buffer.from([1, 2]) };

const files: readonly MiniFile[] = [
  { domain: 'AppDomain-com.example.notes', path: '', mode: directory },
  { domain: 'AppDomain-com.example.notes', path: 'Documents', mode: directory },
  { domain: 'AppDomain-com.example.notes', path: 'Documents/Cafe\u0301.txt', mode: file, content: Buffer.from('decomposed') },
  { domain: 'AppDomain-com.example.notes', path: 'Documents/empty', mode: file, content: Buffer.alloc(0) },
  { domain: 'AppDomain-com.example.notes', path: 'Documents/latest', mode: link, target: 'Caf\u00e9' },
  { domain: 'CameraRollDomain', path: '', mode: directory },
  { domain: 'CameraRollDomain', path: 'Media', mode: directory },
  { domain: 'CameraRollDomain', path: 'Media/DCIM', mode: directory },
  { domain: 'CameraRollDomain', path: 'Media/DCIM/100APPLE', mode: directory },
  { domain: 'CameraRollDomain', path: 'Media/DCIM/100APPLE/IMG_0001.JPG', mode: file, content: random.bytes(100_000) },
  { domain: 'CameraRollDomain', path: 'Media/DCIM/100APPLE/IMG_0002.JPG', mode: file, content: random.bytes(65_536) },
  { domain: 'HomeDomain', path: '', mode: directory },
  { domain: 'HomeDomain', path: 'sms.db', mode: file, content: random.bytes(8192), size: 4096, attributes },
];

describe('content of an existing backup', () => {
  const folders: string[] = [];
  const write = (content: readonly MiniFile[], isEncrypted = false): string => {
    const folder = writeMiniBackup(content, isEncrypted);
    folders.push(folder);
    return folder;
  };
  const open = (folder: string, password?: string): Promise<PhoneContent> => openContent({ kind: 'backup', folder, password }, options);
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  for (const isEncrypted of [false, true]) {
    describe(isEncrypted ? 'encrypted' : 'plain', () => {
      let content: PhoneContent;
      before(async () => {
        content = await open(write(files, isEncrypted), isEncrypted ? miniPassword : undefined);
      });
      after(() => content.close());

      it('has every item with its facts', async () => {
        const items = [...content.items()];
        assert.deepEqual(items.map(nameOf), files.map((entry) => `${entry.domain}-${entry.path}`));
        const sms = find(content, 'HomeDomain', 'sms.db');
        assert.deepEqual({ ...sms.extendedAttributes }, attributes);
        assert.deepEqual([sms.size, sms.modified, sms.born, sms.protectionClass, sms.inode], [4096, 1_700_000_000, 1_600_000_000, 3, 112]);
        assert.equal(find(content, 'AppDomain-com.example.notes', 'Documents/latest').target, 'Caf\u00e9');
      });

      it('gives every byte, whatever the size says and whatever the chunks', async () => {
        for (const entry of files) {
          if (entry.content === undefined) continue;
          const item = find(content, entry.domain, entry.path);
          assert.ok(bytesOf(content, item).equals(entry.content), nameOf(item));
          const chunks = [...content.read(item, 1000)];
          assert.ok(chunks.every((chunk) => chunk.length <= 1000));
          assert.ok(Buffer.concat(chunks).equals(entry.content), nameOf(item));
        }
      });

      it('knows totals, apps and what AFC shows', async () => {
        assert.deepEqual(content.totals, { items: files.length, bytes: 100_000 + 65_536 + 4096 + 10 });
        const [app, compass] = content.apps();
        assert.deepEqual([app?.bundleId, app?.name, app?.version], ['com.example.notes', 'Nötes', '7.1.2']);
        assert.deepEqual([app?.type, app?.dynamicUsage], ['User', 10]);
        assert.deepEqual([compass?.bundleId, compass?.type, content.apps().length], ['com.apple.compass', 'System', 2]);
        assert.deepEqual(content.media().list('DCIM/100APPLE'), ['IMG_0001.JPG', 'IMG_0002.JPG']);
        const lists = ['', 'DCIM', 'Nowhere'].map((path) => content.media().list(path));
        assert.deepEqual(lists, [['DCIM'], ['100APPLE'], undefined]);
        assert.equal(content.media().item('DCIM/100APPLE/IMG_0002.JPG')?.size, 65_536);
        assert.equal(content.advance(3), false);
      });
    });
  }

  it('lets the world turn while it unlocks', async () => {
    const folder = write(files, true);
    let turns = 0;
    let isOpen = false;
    const opening = open(folder, miniPassword).finally(() => (isOpen = true));
    while (!isOpen) await nextTurn().then(() => turns++);
    assert.ok(turns > 2, `${turns} turns`);
    (await opening).close();
  });

  it('leaves no trace in the backup, nor of the decrypted manifest', async () => {
    const own = `virtual-iphone-${process.pid}-`;
    const scratch = (): string[] => {
      const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(own));
      return folders.flatMap((name) => readdirSync(join(tmpdir(), name)));
    };
    const before = scratch();
    const folder = write(files, true);
    const names = readdirSync(folder).sort();
    const content = await open(folder, miniPassword);
    assert.equal([...content.items()].length, files.length);
    content.close();
    assert.deepEqual(readdirSync(folder).sort(), names);
    assert.deepEqual(scratch(), before);
  });

  it('cuts foreign padding where the size says so', async () => {
    const odd = { domain: 'HomeDomain', path: 'odd', mode: file, content: Buffer.from('seventeen bytes..'), zeroPadded: true };
    const content = await open(write([{ domain: 'HomeDomain', path: '', mode: directory }, odd], true), miniPassword);
    assert.equal(bytesOf(content, find(content, 'HomeDomain', 'odd')).toString(), 'seventeen bytes..');
    content.close();
  });

  it('adds the directories that a backup lacks', async () => {
    const content = await open(write([{ domain: 'HomeDomain', path: 'Library/SMS/sms.db', mode: file, content: Buffer.from('x') }]));
    const items = [...content.items()].map((item) => `${item.kind} ${item.path}`);
    assert.deepEqual(items, ['directory ', 'directory Library', 'directory Library/SMS', 'file Library/SMS/sms.db']);
    content.close();
  });

  describe('that is not sound is refused in words', () => {
    const refuses = async (folder: string, fault: string, words: RegExp, password?: string): Promise<void> => {
      await assert.rejects(open(folder, password), (error: unknown) => {
        assert.ok(error instanceof BackupContentError, String(error));
        assert.equal(error.fault, fault);
        assert.match(error.message, words);
        return true;
      });
    };
    const sql = (folder: string, statement: string): void => {
      const database = new DatabaseSync(join(folder, 'Manifest.db'));
      database.exec(statement);
      database.close();
    };
    const putKeybag = (folder: string, bag: Buffer): void => {
      writeFileSync(join(folder, 'Manifest.plist'), writeBinaryPlist({ IsEncrypted: true, BackupKeyBag: bag }));
    };
    const one = (path: string, content = Buffer.from('x')): MiniFile[] => [{ domain: 'HomeDomain', path, mode: file, content }];
    const contentOf = (folder: string, path: string): string => {
      const id = fileIdOf('HomeDomain', path);
      return join(folder, id.slice(0, 2), id);
    };

    it('an empty folder', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'mini-backup-'));
      folders.push(folder);
      await refuses(folder, 'not-a-backup', /no Manifest\.plist/);
    });
    it('no password, and a wrong one', async () => {
      const folder = write(files, true);
      await refuses(folder, 'password', /no password/);
      await refuses(folder, 'password', /does not open/, 'wrong');
    });
    it('a keybag that is cut off', async () => {
      const folder = write(files, true);
      putKeybag(folder, Buffer.from('VERS\x00\x00\x01\x00', 'latin1'));
      await refuses(folder, 'keybag', /cut off/, miniPassword);
    });
    it('absurd rounds', async () => {
      const folder = write(files, true);
      putKeybag(folder, Buffer.from('SALT\x00\x00\x00\x05saltyITER\x00\x00\x00\x04\xff\xff\xff\xff', 'latin1'));
      await refuses(folder, 'keybag', /absurd/, miniPassword);
    });
    it('a Manifest.plist that is none', async () => {
      const folder = write(files);
      writeFileSync(join(folder, 'Manifest.plist'), 'bplist00 and nothing else');
      await refuses(folder, 'damaged', /cannot be parsed/);
    });
    it('a manifest that is no database', async () => {
      const folder = write(files);
      writeFileSync(join(folder, 'Manifest.db'), 'not a database at all, but long enough to be looked at as one');
      await refuses(folder, 'manifest', /cannot be opened/);
    });
    it('a manifest with other tables', async () => {
      const folder = write(files);
      sql(folder, 'ALTER TABLE Files RENAME TO Elsewhere');
      await refuses(folder, 'manifest', /cannot be opened/);
    });
    for (const path of ['../../etc/passwd', 'a/../b', '/etc/passwd', 'a//b', './a', 'a\0b']) {
      it(`the path ${JSON.stringify(path)}`, () => refuses(write(one(path)), 'manifest', /leaves its domain/));
    }
    it('a file id of another path', async () => {
      const folder = write(one('a'));
      sql(folder, "UPDATE Files SET relativePath = 'b'");
      await refuses(folder, 'manifest', /does not belong/);
    });
    it('a record that cannot be read', async () => {
      const folder = write(one('a'));
      sql(folder, "UPDATE Files SET file = x'00'");
      await refuses(folder, 'manifest', /record cannot be read/);
    });
    it('flags that contradict the record', async () => {
      const folder = write(one('a'));
      sql(folder, 'UPDATE Files SET flags = 2');
      await refuses(folder, 'manifest', /neither file/);
    });
    it('a negative size', async () => {
      const entry = { domain: 'HomeDomain', path: 'a', mode: file, content: Buffer.from('x'), size: -1 };
      await refuses(write([entry]), 'manifest', /size/);
    });
    it('a missing file', async () => {
      const folder = write(one('a'));
      rmSync(contentOf(folder, 'a'));
      await refuses(folder, 'damaged', /missing/);
    });
    it('a link in place of a file', async () => {
      const folder = write(one('a'));
      renameSync(contentOf(folder, 'a'), join(folder, 'elsewhere'));
      symlinkSync(join(folder, 'elsewhere'), contentOf(folder, 'a'));
      await refuses(folder, 'damaged', /missing/);
    });
    it('an encrypted file that is cut off or too long', async () => {
      const folder = write(one('a', Buffer.alloc(100)), true);
      appendFileSync(contentOf(folder, 'a'), 'x');
      await refuses(folder, 'damaged', /impossible length/, miniPassword);
      truncateSync(contentOf(folder, 'a'), 17);
      await refuses(folder, 'damaged', /impossible length/, miniPassword);
    });
    it('a backup of iOS 9', async () => {
      const folder = write(files);
      renameSync(join(folder, 'Manifest.db'), join(folder, 'Manifest.mbdb'));
      await refuses(folder, 'not-a-backup', /iOS 9/);
    });
  });

  it('skips the placeholders of an interrupted run', async () => {
    const folder = write(files);
    const database = new DatabaseSync(join(folder, 'Manifest.db'));
    database.exec("INSERT INTO Files VALUES ('x', NULL, NULL, 16, NULL)");
    database.close();
    const content = await open(folder);
    assert.equal(content.totals.items, files.length);
    content.close();
  });
});
