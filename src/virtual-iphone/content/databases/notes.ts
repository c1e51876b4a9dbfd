import { gzipCompress } from '../media/deflate.ts';
import { rowsOf, type DatabasePlan, type SqlValue } from '../sqlite-file.ts';
import { cocoaSeconds, type World } from '../world.ts';
import { coreDataSchema, coreDataTables } from './core-data.ts';
import { message, text, varint } from './protobuf.ts';

export interface Note {
  readonly title: string;
  readonly body: string;
  /** Unix seconds. */
  readonly created: number;
  readonly modified: number;
  /** Sealed with a password: the body cannot be read. */
  readonly isLocked: boolean;
}

const entity = { attachment: 5, media: 11, note: 12, account: 14, folder: 15 } as const;

/** `NoteStore.sqlite` of the group `group.com.apple.notes`. Keys: 1 the account, 2 the folder, then the notes. */
export function notesDatabase(world: World, notes: readonly Note[]): DatabasePlan {
  const firstKey = 3;
  const random = world.random('notes');
  const identifiers = notes.map(() => random.uuid());
  const account = world.iosMajor >= 14 ? 'ZACCOUNT7' : world.iosMajor >= 12 ? 'ZACCOUNT3' : 'ZACCOUNT2';
  const noteRow = (note: Note, index: number): SqlValue[] => [
    firstKey + index, entity.note, 1, identifiers[index], note.title, note.body.split('\n')[0], cocoaSeconds(note.created),
    cocoaSeconds(note.modified), 2, 1, note.isLocked, 0, index + 1, null, null,
  ];
  const others: SqlValue[][] = [
    [1, entity.account, 1, 'LocalAccount', null, null, null, null, null, null, 0, 0, null, null, 'On My iPhone'],
    [2, entity.folder, 1, 'DefaultFolder-LocalAccount', null, null, null, null, null, 1, 0, 0, null, world.phrases.labels.notes, null],
  ];
  const columns = `Z_PK, Z_ENT, Z_OPT, ZIDENTIFIER, ZTITLE1, ZSNIPPET, ZCREATIONDATE1, ZMODIFICATIONDATE1, ZFOLDER, ${account},
  ZISPASSWORDPROTECTED, ZMARKEDFORDELETION, ZNOTEDATA, ZTITLE2, ZNAME`;
  return {
    schema: schema(account),
    tables: {
      ...coreDataTables(world, 'NoteStore', [
        [entity.attachment, 'ICAttachment', 1, 0],
        [entity.media, 'ICMedia', 1, 0],
        [entity.note, 'ICNote', 1, firstKey + notes.length],
        [entity.account, 'ICAccount', 1, 1],
        [entity.folder, 'ICFolder', 1, 2],
        [19, 'ICNoteData', 0, notes.length],
      ]),
      ZICCLOUDSYNCINGOBJECT: { columns, rows: [...others, ...notes.map(noteRow)] },
      ZICNOTEDATA: rowsOf('Z_PK, Z_ENT, Z_OPT, ZNOTE, ZDATA', notes, (note, index) => {
        return [index + 1, 19, 1, firstKey + index, note.isLocked ? world.random(`locked note ${index}`).bytes(220) : noteBody(note)];
      }),
    },
  };
}

/** gzip of a protobuf: document (2), note (3), its text (2) and one attribute run over all of it (5). */
function noteBody(note: Note): Buffer {
  const whole = `${note.title}\n${note.body}`;
  const content = Buffer.concat([text(2, whole), message(5, varint(1, whole.length))]);
  return gzipCompress(message(2, varint(1, 0), varint(2, 0), message(3, content)));
}

function schema(account: string): string {
  return `${coreDataSchema}
CREATE TABLE ZICCLOUDSYNCINGOBJECT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZIDENTIFIER VARCHAR, ZTITLE1 VARCHAR,
  ZSNIPPET VARCHAR, ZCREATIONDATE1 TIMESTAMP, ZMODIFICATIONDATE1 TIMESTAMP, ZFOLDER INTEGER, ${account} INTEGER,
  ZISPASSWORDPROTECTED INTEGER, ZMARKEDFORDELETION INTEGER, ZNOTEDATA INTEGER, ZTITLE2 VARCHAR, ZNAME VARCHAR, ZNOTE INTEGER,
  ZMEDIA INTEGER, ZTYPEUTI VARCHAR, ZFILENAME VARCHAR, ZGENERATION1 VARCHAR, ZPARENT INTEGER, ZCRYPTOSALT BLOB, ZCRYPTOTAG BLOB);
CREATE TABLE ZICNOTEDATA (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZNOTE INTEGER, ZDATA BLOB);
CREATE INDEX ZICNOTEDATA_ZNOTE ON ZICNOTEDATA(ZNOTE);`;
}
