import { rowsOf, type DatabasePlan, type SqlValue } from '../sqlite-file.ts';
import type { Person } from '../story/people.ts';
import { cocoaSeconds, type World } from '../world.ts';

const property = { phone: 3, email: 4, address: 5 } as const;
const label = { mobile: 1, home: 2, work: 3 } as const;

/** `Library/AddressBook/AddressBook.sqlitedb`. */
export function addressBookDatabase(world: World, people: readonly Person[]): DatabasePlan {
  const created = cocoaSeconds(world.at(-900));
  const values = people.flatMap(valuesOf);
  const addresses = values.map((value, index) => ({ ...value, uid: index + 1 })).filter((value) => value.property === property.address);
  return {
    schema,
    userVersion: 30,
    tables: {
      ABStore: { columns: 'ROWID, Type, Enabled', rows: [[0, 0, 1]] },
      ABMultiValueLabel: { columns: 'value', rows: [['_$!<Mobile>!$_'], ['_$!<Home>!$_'], ['_$!<Work>!$_']] },
      ABMultiValueEntryKey: { columns: 'value', rows: [['Street'], ['City'], ['CountryCode']] },
      ABPerson: rowsOf(personColumns, people, (person) => personRow(person, created)),
      ABMultiValue: rowsOf('UID, record_id, property, identifier, label, value', values, (value, index) => {
        return [index + 1, value.person, value.property, 0, value.label, value.property === property.address ? null : value.text];
      }),
      ABMultiValueEntry: rowsOf('parent_id, key, value', addresses, ({ uid, text }) => [uid, 1, text]),
      ABGroup: { columns: 'ROWID, Name, StoreID', rows: [[1, world.phrases.groupTitles[0], 0]] },
      ABGroupMembers: rowsOf('UID, group_id, member_type, member_id', people.slice(0, 3), (person, index) => [index + 1, 1, 0, person.id]),
    },
  };
}

interface PersonValue {
  readonly person: number;
  readonly property: number;
  readonly label: number;
  readonly text: string;
}

function valuesOf({ id, phone, email, note }: Person): PersonValue[] {
  return [
    { person: id, property: property.phone, label: label.mobile, text: phone },
    ...(email === undefined ? [] : [{ person: id, property: property.email, label: label.home, text: email }]),
    ...(note === undefined ? [] : [{ person: id, property: property.address, label: label.work, text: note }]),
  ];
}

const personColumns = 'ROWID, First, Last, Organization, Note, Birthday, Kind, CreationDate, ModificationDate, StoreID, guid';

function personRow({ id, first, last, organization, note, birthday, guid }: Person, created: number): SqlValue[] {
  const born = birthday === undefined ? null : String(cocoaSeconds(birthday));
  return [id, first, last === '' ? null : last, organization, note, born, 0, created, created + id, 0, guid];
}

/** `Library/AddressBook/AddressBookImages.sqlitedb`: pictures by the person's row; `format` 0 is a thumbnail's. */
export function contactImagesDatabase(images: readonly (readonly [person: number, jpeg: Buffer])[]): DatabasePlan {
  return {
    schema: `
CREATE TABLE ABFullSizeImage (ROWID INTEGER PRIMARY KEY, record_id INTEGER, crop_x INTEGER, crop_y INTEGER, crop_width INTEGER,
  data BLOB, UNIQUE(record_id));
CREATE TABLE ABThumbnailImage (ROWID INTEGER PRIMARY KEY, record_id INTEGER, format INTEGER, derived_from_format INTEGER, data BLOB,
  UNIQUE(record_id, format));`,
    userVersion: 2,
    tables: {
      ABFullSizeImage: rowsOf('record_id, data', images, (image) => image),
      ABThumbnailImage: rowsOf('record_id, format, data', images, ([person, jpeg]) => [person, 0, jpeg]),
    },
  };
}

const schema = `
CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT, Last TEXT, Middle TEXT, FirstPhonetic TEXT,
  MiddlePhonetic TEXT, LastPhonetic TEXT, Organization TEXT, Department TEXT, Note TEXT, Kind INTEGER, Birthday TEXT, JobTitle TEXT,
  Nickname TEXT, Prefix TEXT, Suffix TEXT, FirstSort TEXT, LastSort TEXT, CreationDate INTEGER, ModificationDate INTEGER,
  CompositeNameFallback TEXT, ExternalIdentifier TEXT, ExternalModificationTag TEXT, ExternalUUID TEXT, StoreID INTEGER,
  DisplayName TEXT, PersonLink INTEGER DEFAULT -1, ImageURI TEXT, guid TEXT, PhonemeData TEXT, UNIQUE(guid));
CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER, identifier INTEGER, label INTEGER,
  value TEXT, guid TEXT);
CREATE TABLE ABMultiValueLabel (value TEXT, UNIQUE(value));
CREATE TABLE ABMultiValueEntry (parent_id INTEGER, key INTEGER, value TEXT, UNIQUE(parent_id, key));
CREATE TABLE ABMultiValueEntryKey (value TEXT, UNIQUE(value));
CREATE TABLE ABGroup (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, Name TEXT, ExternalIdentifier TEXT, StoreID INTEGER, guid TEXT);
CREATE TABLE ABGroupMembers (UID INTEGER PRIMARY KEY, group_id INTEGER, member_type INTEGER, member_id INTEGER,
  UNIQUE(group_id, member_type, member_id));
CREATE TABLE ABStore (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, Name TEXT, ExternalIdentifier TEXT, Type INTEGER,
  AccountID INTEGER, Enabled INTEGER);
CREATE TABLE ABAccount (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, AccountIdentifier TEXT);
CREATE INDEX ABFirstLastIndex ON ABPerson(First, Last);
CREATE INDEX ABMultiValueRecordIDIndex ON ABMultiValue(record_id);`;
