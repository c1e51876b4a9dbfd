import { calendarDatabase, type CalendarEvent } from '../databases/calendar.ts';
import { notesDatabase, type Note } from '../databases/notes.ts';
import { remindersDatabase } from '../databases/reminders.ts';
import type { PhoneContext } from './context.ts';
import { addDatabase } from './databases.ts';

const notesGroup = 'AppDomainGroup-group.com.apple.notes';

/** Notes, calendar and reminders. */
export function addOrganizer(context: PhoneContext): void {
  const { world, today, people } = context;
  const notes = makeNotes(context);
  const notesModified = Math.max(...notes.map((note) => note.modified));
  addDatabase(context, notesGroup, 'NoteStore.sqlite', { modified: notesModified }, () => notesDatabase(world, notes));
  const events = makeEvents(context);
  const planned = world.at(events.length > context.scale.events ? today : -2);
  const path = 'Library/Calendar/Calendar.sqlitedb';
  addDatabase(context, 'HomeDomain', path, { modified: planned }, () => calendarDatabase(world, events, people));
  if (world.iosMajor < 13) return;
  const store = `Library/Reminders/Container_v1/Stores/Data-${world.random('reminders store').uuid()}.sqlite`;
  addDatabase(context, 'HomeDomain', store, { modified: world.at(Math.floor(today / 3) * 3 - 1) }, () => remindersDatabase(world, today));
}

/** Every fourth day the person adds a note; every fifth note is locked. */
function makeNotes({ world, scale, today }: PhoneContext): Note[] {
  const added = Math.floor(today / 4);
  return Array.from({ length: scale.notes + added }, (_, index) => {
    const random = world.random(`note ${index}`);
    const [title, body] = world.phrases.notes[index % world.phrases.notes.length] ?? ['', ''];
    const isNew = index >= scale.notes;
    const created = isNew ? world.at((index - scale.notes + 1) * 4 - 1) : world.at(-random.integer(5, 900));
    const round = Math.floor(index / world.phrases.notes.length);
    return { title: round === 0 ? title : `${title} (${round + 1})`, body, created, modified: created + 600, isLocked: index % 5 === 4 };
  });
}

function makeEvents({ world, scale, today, people }: PhoneContext): CalendarEvent[] {
  const added = Math.floor(today / 2);
  return Array.from({ length: scale.events + added }, (_, index) => {
    const random = world.random(`event ${index}`);
    const start = world.at(index < scale.events ? random.integer(-400, 60) : (index - scale.events) * 2 + 5, random.integer(8, 20) * 3600);
    return {
      summary: random.pick(world.phrases.events),
      start,
      end: start + random.integer(1, 6) * 1800,
      isAllDay: random.chance(0.15),
      place: random.chance(0.5) ? random.pick(world.phrases.places) : undefined,
      invited: random.chance(0.2) ? random.pick(people) : undefined,
      isWeekly: random.chance(0.1),
      calendar: random.chance(0.4) ? 2 : 1,
      uuid: random.uuid(),
    };
  });
}
