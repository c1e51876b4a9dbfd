import { rowsOf, type DatabasePlan } from '../sqlite-file.ts';
import { cocoaSeconds, type World } from '../world.ts';
import { coreDataSchema, coreDataTables } from './core-data.ts';

export interface Recording {
  readonly id: number;
  readonly title: string;
  /** Unix seconds. */
  readonly at: number;
  readonly seconds: number;
  /** File name, `.m4a`. */
  readonly file: string;
  readonly uuid: string;
}

/** `CloudRecordings.db` of Voice Memos. */
export function recordingsDatabase(world: World, recordings: readonly Recording[]): DatabasePlan {
  return {
    schema: `${coreDataSchema}
CREATE TABLE ZCLOUDRECORDING (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZFLAGS INTEGER, ZFOLDER INTEGER, ZDATE TIMESTAMP,
  ZDURATION FLOAT, ZLOCALDURATION FLOAT, ZCUSTOMLABEL VARCHAR, ZENCRYPTEDTITLE VARCHAR, ZPATH VARCHAR, ZUNIQUEID VARCHAR);`,
    tables: {
      ...coreDataTables(world, 'CloudRecordings', [[2, 'CloudRecording', 0, recordings.length]]),
      ZCLOUDRECORDING: rowsOf(columns, recordings, ({ id, title, at, seconds, file, uuid }) => {
        return [id, 2, 1, cocoaSeconds(at), seconds, seconds, String(at), title, file, uuid];
      }),
    },
  };
}

const columns = 'Z_PK, Z_ENT, Z_OPT, ZDATE, ZDURATION, ZLOCALDURATION, ZCUSTOMLABEL, ZENCRYPTEDTITLE, ZPATH, ZUNIQUEID';
