import { rowsOf, type DatabasePlan } from '../sqlite-file.ts';
import { cocoaSeconds, type World } from '../world.ts';
import { coreDataSchema, coreDataTables } from './core-data.ts';

const entity = { list: 24, reminder: 30 } as const;

/** `Data-<uuid>.sqlite` of Reminders (iOS 13 and later). */
export function remindersDatabase(world: World, today: number): DatabasePlan {
  const { reminders, reminderLists } = world.phrases;
  const random = world.random('reminders');
  const doneUntil = Math.floor(today / 3);
  return {
    schema: `${coreDataSchema}
CREATE TABLE ZREMCDREMINDER (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZTITLE VARCHAR, ZNOTES VARCHAR, ZCOMPLETED INTEGER,
  ZFLAGGED INTEGER, ZPRIORITY INTEGER, ZLIST INTEGER, ZDUEDATE TIMESTAMP, ZCREATIONDATE TIMESTAMP, ZCOMPLETIONDATE TIMESTAMP,
  ZMARKEDFORDELETION INTEGER, ZCKIDENTIFIER VARCHAR);
CREATE TABLE ZREMCDBASELIST (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZNAME VARCHAR, ZMARKEDFORDELETION INTEGER);`,
    tables: {
      ...coreDataTables(world, 'Reminders', [
        [entity.list, 'REMCDList', 0, reminderLists.length],
        [entity.reminder, 'REMCDReminder', 0, reminders.length],
      ]),
      ZREMCDBASELIST: rowsOf('Z_PK, Z_ENT, Z_OPT, ZNAME, ZMARKEDFORDELETION', reminderLists, (name, index) => {
        return [index + 1, entity.list, 1, name, 0];
      }),
      ZREMCDREMINDER: rowsOf(columns, reminders, (title, index) => [
        index + 1, entity.reminder, 1, title, index % 3 === 0 || index < doneUntil, index % 5 === 0, index % 4,
        1 + (index % reminderLists.length),
        cocoaSeconds(world.at(random.integer(-40, 30))), cocoaSeconds(world.at(-60 + index)), 0, random.uuid(),
      ]),
    },
  };
}

const columns =
  'Z_PK, Z_ENT, Z_OPT, ZTITLE, ZCOMPLETED, ZFLAGGED, ZPRIORITY, ZLIST, ZDUEDATE, ZCREATIONDATE, ZMARKEDFORDELETION, ZCKIDENTIFIER';
