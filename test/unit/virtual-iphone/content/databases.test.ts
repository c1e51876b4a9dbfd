import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import type { PhoneContent } from '../../../../src/virtual-iphone/contract.ts';
import { bytesOf, find, make, nameOf, sharedDemo, withDatabase } from './helpers.ts';

const notes = 'AppDomainGroup-group.com.apple.notes';
const whatsApp = 'AppDomainGroup-group.net.whatsapp.WhatsApp.shared';

/** Tables that readers of backups look for, by iOS version where it matters. */
const promised: readonly (readonly [domain: string, path: string, tables: string])[] = [
  ['HomeDomain', 'Library/SMS/sms.db', 'message handle chat attachment chat_message_join chat_handle_join message_attachment_join'],
  ['HomeDomain', 'Library/AddressBook/AddressBook.sqlitedb', 'ABPerson ABMultiValue ABMultiValueLabel ABMultiValueEntry ABGroup ABStore'],
  ['HomeDomain', 'Library/AddressBook/AddressBookImages.sqlitedb', 'ABFullSizeImage ABThumbnailImage'],
  ['AppDomainGroup-group.com.apple.VoiceMemos.shared', 'Recordings/CloudRecordings.db', 'ZCLOUDRECORDING'],
  ['HomeDomain', 'Library/CallHistoryDB/CallHistory.storedata', 'ZCALLRECORD ZHANDLE Z_2REMOTEPARTICIPANTHANDLES Z_PRIMARYKEY'],
  ['HomeDomain', 'Library/Calendar/Calendar.sqlitedb', 'Calendar Store CalendarItem Location Participant Recurrence Alarm'],
  ['HomeDomain', 'Library/Safari/Bookmarks.db', 'bookmarks'],
  ['HomeDomain', 'Library/Safari/SafariTabs.db', 'tabs'],
  ['AppDomain-com.apple.mobilesafari', 'Library/Safari/History.db', 'history_items history_visits'],
  ['HomeDomain', 'Library/Voicemail/voicemail.db', 'voicemail'],
  ['HomeDomain', 'Library/Accounts/Accounts3.sqlite', 'ZACCOUNT ZACCOUNTTYPE'],
  ['HomeDomain', 'Library/TCC/TCC.db', 'access'],
  ['HealthDomain', 'Health/healthdb_secure.sqlite', 'objects samples quantity_samples workouts data_provenances'],
  ['HealthDomain', 'Health/healthdb.sqlite', 'sources'],
  ['WirelessDomain', 'Library/Databases/DataUsage.sqlite', 'ZPROCESS ZLIVEUSAGE'],
  ['CameraRollDomain', 'Media/PhotoData/Photos.sqlite', 'ZASSET ZADDITIONALASSETATTRIBUTES ZGENERICALBUM Z_28ASSETS'],
  [notes, 'NoteStore.sqlite', 'ZICCLOUDSYNCINGOBJECT ZICNOTEDATA Z_PRIMARYKEY'],
  [whatsApp, 'ChatStorage.sqlite', 'ZWAMESSAGE ZWACHATSESSION ZWAMEDIAITEM'],
];

const query = (content: PhoneContent, domain: string, path: string, sql: string): Record<string, unknown>[] => {
  return withDatabase(bytesOf(content, find(content, domain, path)), (database) => {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    return statement.all();
  });
};

describe('databases of the phone', () => {
  for (const [kind, change] of [
    ['tiny', {}],
    ['demo', {}],
    ['tiny', { ios: '12.5', language: 'de' }],
    ['tiny', { ios: '26.0', language: 'zh-Hans' }],
  ] as const) {
    it(`are sound on a ${kind} phone ${JSON.stringify(change)}`, () => {
      const content = kind === 'demo' ? sharedDemo() : make(kind, change);
      let count = 0;
      for (const item of content.items()) {
        if (item.kind !== 'file' || !/\.(db|sqlite|sqlitedb|storedata)$/.test(item.path)) continue;
        const bytes = bytesOf(content, item);
        assert.equal(bytes.toString('latin1', 0, 15), 'SQLite format 3', nameOf(item));
        assert.equal(bytes.readUInt32BE(28) * bytes.readUInt16BE(16), bytes.length, `${nameOf(item)}: pages`);
        assert.deepEqual([bytes[18], bytes[19]], [2, 2], 'write-ahead mode, as iOS leaves it');
        const [check] = withDatabase(bytes, (database) => database.prepare('PRAGMA integrity_check').all());
        assert.deepEqual({ ...check }, { integrity_check: 'ok' }, nameOf(item));
        count++;
      }
      assert.ok(count > 12, `${count} databases`);
    });
  }

  it('have the tables that they are known for', () => {
    const content = make('tiny');
    for (const [domain, path, tables] of promised) {
      const present = query(content, domain, path, "SELECT name FROM sqlite_master WHERE type = 'table'").map((row) => String(row['name']));
      for (const table of tables.split(' ')) {
        assert.ok(present.includes(table), `${path} has no ${table}`);
      }
    }
  });

  it('follow the iOS version', () => {
    const old = make('tiny', { ios: '13.3' });
    const columns = query(old, 'HomeDomain', 'Library/SMS/sms.db', 'PRAGMA table_info(message)').map((row) => row['name']);
    assert.ok(!columns.includes('date_edited') && !columns.includes('thread_originator_guid'));
    assert.equal(query(old, 'CameraRollDomain', 'Media/PhotoData/Photos.sqlite', 'SELECT count(*) AS n FROM ZGENERICASSET')[0]?.['n'], 6n);
    assert.equal([...old.items()].some((item) => item.path === 'Library/Safari/SafariTabs.db'), false);
  });

  it('keep the text of some messages in the attributed body alone, readable', () => {
    const rows = query(sharedDemo(), 'HomeDomain', 'Library/SMS/sms.db', 'SELECT text, attributedBody FROM message');
    assert.ok(rows.some((row) => row['text'] === null) && rows.some((row) => row['text'] !== null));
    for (const { text, attributedBody } of rows) {
      const read = readTypedStream(Buffer.from(attributedBody as Uint8Array));
      if (text !== null) assert.equal(read, text);
      assert.ok(read.length > 0);
    }
  });

  it('link messages with attachments that are on the phone', () => {
    const content = sharedDemo();
    const files = new Map([...content.items()].map((item) => [nameOf(item), item]));
    const rows = query(content, 'HomeDomain', 'Library/SMS/sms.db', 'SELECT filename, total_bytes FROM attachment');
    assert.ok(rows.length > 20);
    for (const { filename, total_bytes: bytes } of rows) {
      const file = files.get(`MediaDomain-${String(filename).replace('~/', '')}`);
      assert.equal(BigInt(file?.size ?? -1), bytes, String(filename));
    }
  });

  it('have groups, tapbacks, replies and edits', () => {
    const content = sharedDemo();
    const count = (from: string): unknown => {
      return query(content, 'HomeDomain', 'Library/SMS/sms.db', `SELECT count(*) AS n FROM ${from}`)[0]?.['n'];
    };
    assert.equal(count('chat WHERE style = 43 AND display_name IS NOT NULL'), 4n);
    for (const what of ['associated_message_type BETWEEN 2000 AND 2007', 'thread_originator_guid IS NOT NULL', 'date_edited > 0']) {
      assert.ok((count(`message WHERE ${what}`) as bigint) > 5n, what);
    }
    assert.equal(count('message WHERE ROWID NOT IN (SELECT message_id FROM chat_message_join)'), 0n);
    assert.equal(count('message WHERE substr(associated_message_guid, 5) NOT IN (SELECT guid FROM message)'), 0n);
  });

  it('know exactly the photos of the camera roll, and those that are in iCloud only', () => {
    const isCloudSeed = (seed: number): boolean => {
      const content = sharedDemo(seed);
      const present = new Set([...content.items()].filter((item) => item.kind === 'file').map((item) => item.path));
      const rows = query(content, 'CameraRollDomain', 'Media/PhotoData/Photos.sqlite', 'SELECT * FROM ZASSET');
      for (const { ZDIRECTORY: directory, ZFILENAME: name, ZCLOUDLOCALSTATE: cloud } of rows) {
        assert.equal(present.has(`Media/${String(directory)}/${String(name)}`), cloud === 0n);
      }
      const known = new Set(rows.map((row) => String(row['ZFILENAME']).replace(/\.\w+$/, '')));
      for (const path of present) {
        const photo = /^Media\/DCIM\/\d+APPLE\/IMG_E?(\d+)\./.exec(path);
        if (photo) assert.ok(known.has(`IMG_${photo[1] ?? ''}`), path);
      }
      return rows.some((row) => row['ZCLOUDLOCALSTATE'] !== 0n);
    };
    const seeds = [1, 2, 3].map(isCloudSeed);
    assert.ok(seeds.includes(true) && seeds.includes(false), 'phones differ in it');
  });

  it('have contacts of many scripts', () => {
    const names = query(sharedDemo(), 'HomeDomain', 'Library/AddressBook/AddressBook.sqlitedb', 'SELECT First, Last FROM ABPerson');
    const all = names.map((row) => `${String(row['First'])} ${String(row['Last'])}`).join('\n');
    for (const script of ['Han', 'Arabic', 'Cyrillic', 'Hebrew', 'Hiragana', 'Hangul', 'Devanagari', 'Thai']) {
      assert.match(all, new RegExp(`\\p{Script=${script}}`, 'u'));
    }
    assert.match(all, /\p{Emoji_Presentation}/u);
  });

  it('have notes that open', () => {
    const sql = `SELECT ZDATA, ZTITLE1, ZISPASSWORDPROTECTED AS locked
      FROM ZICNOTEDATA AS d JOIN ZICCLOUDSYNCINGOBJECT AS n ON n.Z_PK = d.ZNOTE`;
    const rows = query(make('tiny'), notes, 'NoteStore.sqlite', sql);
    assert.equal(rows.length, 5);
    for (const { ZDATA: data, ZTITLE1: title, locked } of rows) {
      if (locked === 1n) continue;
      assert.ok(gunzipSync(data as Uint8Array).includes(Buffer.from(String(title), 'utf8')));
    }
  });

  it('have voicemail whose sound is there', () => {
    const content = sharedDemo();
    for (const { ROWID: id } of query(content, 'HomeDomain', 'Library/Voicemail/voicemail.db', 'SELECT ROWID FROM voicemail')) {
      const sound = bytesOf(content, find(content, 'HomeDomain', `Library/Voicemail/${String(id)}.amr`));
      assert.equal(sound.toString('latin1', 0, 6), '#!AMR\n');
    }
  });
});

/** The first string of an attributed string, as readers of sms.db find it. */
function readTypedStream(stream: Buffer): string {
  assert.equal(stream.toString('latin1', 2, 13), 'streamtyped');
  let at = stream.indexOf('NSString') + 8;
  at = stream.indexOf(0x2b, at) + 1;
  const first = stream.readUInt8(at);
  if (first === 0x81) return stream.toString('utf8', at + 3, at + 3 + stream.readUInt16LE(at + 1));
  if (first === 0x82) return stream.toString('utf8', at + 5, at + 5 + stream.readUInt32LE(at + 1));
  return stream.toString('utf8', at + 1, at + 1 + first);
}
