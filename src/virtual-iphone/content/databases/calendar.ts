import { rowsOf, type DatabasePlan } from '../sqlite-file.ts';
import { displayName, type Person } from '../story/people.ts';
import { cocoaSeconds, type World } from '../world.ts';

export interface CalendarEvent {
  readonly summary: string;
  /** Unix seconds. */
  readonly start: number;
  readonly end: number;
  readonly isAllDay: boolean;
  readonly place: string | undefined;
  readonly invited: Person | undefined;
  readonly isWeekly: boolean;
  readonly calendar: 1 | 2;
  readonly uuid: string;
}

/** `Library/Calendar/Calendar.sqlitedb`: two calendars and the birthdays of contacts. */
export function calendarDatabase(world: World, events: readonly CalendarEvent[], people: readonly Person[]): DatabasePlan {
  const { labels, places, timeZone } = world.phrases;
  const birthdays = people.filter((person) => person.birthday !== undefined);
  const numbered = events.map((event, index) => ({ ...event, id: index + 1 }));
  const weekly = numbered.filter((event) => event.isWeekly);
  const meetings = numbered.filter((event) => event.invited?.email !== undefined);
  const reminded = numbered.filter((event) => event.id % 2 === 0);
  return {
    schema,
    userVersion: 36,
    tables: {
      Store: { columns: 'ROWID, name, type', rows: [[1, 'Default', 0], [2, 'Birthdays', 5]] },
      Calendar: {
        columns: 'ROWID, store_id, title, color, type',
        rows: [[1, 1, labels.home, '#1BADF8', 0], [2, 1, labels.work, '#63DA38', 0], [3, 2, 'Birthdays', '#8295AF', 5]],
      },
      Location: rowsOf('ROWID, title, address', places, (place, index) => [index + 1, place, place]),
      CalendarItem: {
        columns: itemColumns,
        rows: [
          ...numbered.map((event) => [
            event.id, event.summary, cocoaSeconds(event.start), cocoaSeconds(event.end), event.isAllDay ? '_float' : timeZone,
            event.isAllDay, event.calendar, event.place === undefined ? 0 : places.indexOf(event.place) + 1, null, event.uuid, 2,
          ]),
          ...birthdays.map((person, index) => [
            events.length + index + 1, displayName(person), cocoaSeconds(person.birthday ?? 0), cocoaSeconds(person.birthday ?? 0) + 86_399,
            '_float', true, 3, 0, 'gregorian', person.guid, 2,
          ]),
        ],
      },
      Participant: rowsOf('owner_id, email, status', meetings, (event) => [event.id, event.invited?.email, event.id % 3]),
      Recurrence: rowsOf('owner_id, frequency, interval, count', weekly, (event) => [event.id, 2, 1, 0]),
      Alarm: rowsOf('calendaritem_owner_id, trigger_interval', reminded, (event) => [event.id, -900]),
    },
  };
}

const itemColumns = 'ROWID, summary, start_date, end_date, start_tz, all_day, calendar_id, location_id, calendar_scale, UUID, entity_type';

const schema = `
CREATE TABLE Store (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, default_alarm_offset INTEGER, type INTEGER, disabled INTEGER,
  external_id TEXT, persistent_id TEXT);
CREATE TABLE Calendar (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, store_id INTEGER, title TEXT, flags INTEGER, color TEXT,
  symbolic_color_name TEXT,
  color_is_display BOOL, type TEXT, supported_entity_types INTEGER, external_id TEXT, UUID TEXT);
CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, summary TEXT, location_id INTEGER, description TEXT,
  start_date REAL,
  start_tz TEXT, end_date REAL, end_tz TEXT, all_day INTEGER, calendar_id INTEGER, orig_item_id INTEGER, orig_date REAL,
  organizer_id INTEGER, self_attendee_id INTEGER, status INTEGER, invitation_status INTEGER, availability INTEGER, url TEXT,
  last_modified REAL, sequence_num INTEGER, birthday_id INTEGER, hidden INTEGER, calendar_scale TEXT, UUID TEXT, entity_type INTEGER);
CREATE TABLE Location (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT, address TEXT, latitude REAL, longitude REAL,
  address_book_id TEXT,
  radius REAL, item_owner_id INTEGER);
CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, entity_type INTEGER, type INTEGER, status INTEGER, role INTEGER,
  identity_id INTEGER, owner_id INTEGER, external_rep BLOB, UUID TEXT, email TEXT, phone_number TEXT);
CREATE TABLE Recurrence (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, frequency INTEGER, interval INTEGER, week_start INTEGER,
  count INTEGER,
  end_date REAL, specifier TEXT, owner_id INTEGER);
CREATE TABLE Alarm (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, trigger_date REAL, trigger_interval INTEGER, type INTEGER,
  calendaritem_owner_id INTEGER, calendar_owner_id INTEGER);
CREATE INDEX CalendarItemCalendarId ON CalendarItem(calendar_id);`;
