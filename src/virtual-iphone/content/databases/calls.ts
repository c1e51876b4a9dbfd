import { rowsOf, type DatabasePlan } from '../sqlite-file.ts';
import type { Call } from '../story/calls.ts';
import { displayName } from '../story/people.ts';
import { cocoaSeconds, type World } from '../world.ts';
import { coreDataSchema, coreDataTables } from './core-data.ts';

const entity = { call: 2, handle: 4 } as const;

/** `Library/CallHistoryDB/CallHistory.storedata`. */
export function callsDatabase(world: World, calls: readonly Call[]): DatabasePlan {
  const highest = calls.at(-1)?.id ?? 0;
  return {
    schema,
    tables: {
      ...coreDataTables(world, 'CallHistory', [
        [1, 'CallDBProperties', 0, 1],
        [entity.call, 'CallRecord', 0, highest],
        [entity.handle, 'Handle', 0, highest],
      ]),
      ZCALLRECORD: rowsOf(callColumns, calls, (call) => [
        call.id, entity.call, 1, call.isAnswered, call.type, call.isOutgoing, call.isAnswered || call.isOutgoing, cocoaSeconds(call.at),
        call.duration, Buffer.from(call.person.phone, 'utf8'), world.phrases.country, displayName(call.person),
        call.type === 1 ? 'com.apple.Telephony' : 'com.apple.FaceTime', call.uuid,
      ]),
      ZHANDLE: rowsOf('Z_PK, Z_ENT, Z_OPT, ZTYPE, ZNORMALIZEDVALUE, ZVALUE', calls, (call) => {
        return [call.id, entity.handle, 1, 2, call.person.phone, call.person.phone];
      }),
      Z_2REMOTEPARTICIPANTHANDLES: rowsOf('Z_2REMOTEPARTICIPANTCALLS, Z_4REMOTEPARTICIPANTHANDLES', calls, (call) => [call.id, call.id]),
    },
  };
}

const callColumns =
  'Z_PK, Z_ENT, Z_OPT, ZANSWERED, ZCALLTYPE, ZORIGINATED, ZREAD, ZDATE, ZDURATION, ZADDRESS, ZISO_COUNTRY_CODE, ZNAME, ' +
  'ZSERVICE_PROVIDER, ZUNIQUE_ID';

const schema = `${coreDataSchema}
CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZANSWERED INTEGER, ZCALL_CATEGORY INTEGER,
  ZCALLTYPE INTEGER, ZDISCONNECTED_CAUSE INTEGER, ZFACE_TIME_DATA INTEGER, ZHANDLE_TYPE INTEGER, ZNUMBER_AVAILABILITY INTEGER,
  ZORIGINATED INTEGER, ZREAD INTEGER, ZDATE TIMESTAMP, ZDURATION FLOAT, ZDEVICE_ID VARCHAR, ZISO_COUNTRY_CODE VARCHAR,
  ZLOCATION VARCHAR, ZNAME VARCHAR, ZSERVICE_PROVIDER VARCHAR, ZUNIQUE_ID VARCHAR, ZADDRESS BLOB);
CREATE TABLE ZHANDLE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZTYPE INTEGER, ZNORMALIZEDVALUE VARCHAR, ZVALUE VARCHAR);
CREATE TABLE Z_2REMOTEPARTICIPANTHANDLES (Z_2REMOTEPARTICIPANTCALLS INTEGER, Z_4REMOTEPARTICIPANTHANDLES INTEGER,
  PRIMARY KEY (Z_2REMOTEPARTICIPANTCALLS, Z_4REMOTEPARTICIPANTHANDLES));
CREATE TABLE ZCALLDBPROPERTIES (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZTIMER_ALL FLOAT);`;
