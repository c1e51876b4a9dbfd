import { rowsOf, type DatabasePlan } from '../sqlite-file.ts';
import type { Call } from '../story/calls.ts';

/** `Library/Voicemail/voicemail.db`; the sound of a message is `<ROWID>.amr` beside it. */
export function voicemailDatabase(calls: readonly Call[]): DatabasePlan {
  return {
    schema: `
CREATE TABLE voicemail (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, remote_uid INTEGER, date INTEGER, token TEXT, sender TEXT,
  callback_num TEXT, duration INTEGER, expiration INTEGER, trashed_date INTEGER, flags INTEGER, receiver TEXT, uuid TEXT);
CREATE TABLE deleted (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, uid INTEGER);
CREATE INDEX date_index ON voicemail(date);`,
    userVersion: 15,
    tables: {
      voicemail: rowsOf(columns, calls, (call) => {
        const { phone } = call.person;
        return [call.id, call.id, call.at, 'Complete', phone, phone, voicemailSeconds(call), call.at + 2_592_000, 0, 0, call.uuid];
      }),
    },
  };
}

const columns = 'ROWID, remote_uid, date, token, sender, callback_num, duration, expiration, trashed_date, flags, uuid';

export const voicemailSeconds = (call: Call): number => 4 + (call.id % 26);

const frameBytes = 13;
const framesPerSecond = 50;

/** AMR narrow band (RFC 4867) at 4.75 kbit/s: silence, as players open it. */
export function voicemailSound(call: Call): Buffer {
  const frame = Buffer.alloc(frameBytes);
  frame.writeUInt8(0x04, 0);
  return Buffer.concat([Buffer.from('#!AMR\n', 'latin1'), Buffer.alloc(voicemailSeconds(call) * framesPerSecond * frameBytes, frame)]);
}
