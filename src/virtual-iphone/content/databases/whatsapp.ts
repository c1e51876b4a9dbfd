import { rowsOf, type DatabasePlan } from '../sqlite-file.ts';
import type { Attachment, Message } from '../story/messages.ts';
import { displayName, type Person } from '../story/people.ts';
import { cocoaSeconds, type World } from '../world.ts';
import { coreDataSchema, coreDataTables } from './core-data.ts';

const entity = { session: 4, media: 8, message: 9 } as const;

export const whatsAppJid = (person: Person): string => `${person.phone.replace('+', '')}@s.whatsapp.net`;

/** Below the group container. */
export const whatsAppMediaPath = (person: Person, attachment: Attachment): string => {
  const id = attachment.guid.slice(5);
  return `Message/Media/${whatsAppJid(person)}/${id.slice(0, 1)}/${id.slice(1, 2)}/${id}.jpg`;
};

/** `ChatStorage.sqlite`; every chat is with one person. */
export function chatStorageDatabase(world: World, messages: readonly Message[]): DatabasePlan {
  const people = [...new Map(messages.map(({ chat }) => [chat.id, chat.people[0]])).values()].filter((person) => person !== undefined);
  const sessionOf = (message: Message): number => people.findIndex((person) => person.id === message.chat.people[0]?.id) + 1;
  const media = messages.flatMap((message) => {
    const person = message.chat.people[0];
    if (message.attachment === undefined || person === undefined) return [];
    return [{ id: message.id, path: whatsAppMediaPath(person, message.attachment), bytes: message.attachment.bytes }];
  });
  return {
    schema,
    tables: {
      ...coreDataTables(world, 'ChatStorage', [
        [entity.session, 'WAChatSession', 0, people.length],
        [entity.media, 'WAMediaItem', 0, messages.length],
        [entity.message, 'WAMessage', 0, messages.length],
      ]),
      ZWACHATSESSION: rowsOf('Z_PK, Z_ENT, Z_OPT, ZSESSIONTYPE, ZCONTACTJID, ZPARTNERNAME', people, (person, index) => {
        return [index + 1, entity.session, 1, 0, whatsAppJid(person), displayName(person)];
      }),
      ZWAMESSAGE: rowsOf(messageColumns, messages, (message) => [
        message.id, entity.message, 1, message.sender === undefined, message.attachment ? 1 : 0, sessionOf(message),
        message.attachment ? message.id : null, cocoaSeconds(message.at), message.text.replace('\ufffc', ''), message.guid,
      ]),
      ZWAMEDIAITEM: rowsOf('Z_PK, Z_ENT, Z_OPT, ZMESSAGE, ZFILESIZE, ZMEDIALOCALPATH', media, ({ id, path, bytes }) => {
        return [id, entity.media, 1, id, bytes, path.replace('Message/', '')];
      }),
    },
  };
}

const messageColumns = 'Z_PK, Z_ENT, Z_OPT, ZISFROMME, ZMESSAGETYPE, ZCHATSESSION, ZMEDIAITEM, ZMESSAGEDATE, ZTEXT, ZSTANZAID';

const schema = `${coreDataSchema}
CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZARCHIVED INTEGER, ZSESSIONTYPE INTEGER,
  ZUNREADCOUNT INTEGER,
  ZLASTMESSAGE INTEGER, ZLASTMESSAGEDATE TIMESTAMP, ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR);
CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZISFROMME INTEGER, ZMESSAGETYPE INTEGER,
  ZCHATSESSION INTEGER,
  ZGROUPMEMBER INTEGER, ZMEDIAITEM INTEGER, ZMESSAGEDATE TIMESTAMP, ZSENTDATE TIMESTAMP, ZFROMJID VARCHAR, ZTOJID VARCHAR,
  ZTEXT VARCHAR,
  ZSTANZAID VARCHAR);
CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZMESSAGE INTEGER, ZFILESIZE INTEGER,
  ZMEDIALOCALPATH VARCHAR,
  ZMEDIAURL VARCHAR, ZTITLE VARCHAR);
CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZMEMBERJID VARCHAR, ZCONTACTNAME VARCHAR);
CREATE INDEX ZWAMESSAGE_SESSION ON ZWAMESSAGE(ZCHATSESSION, ZMESSAGEDATE);`;
