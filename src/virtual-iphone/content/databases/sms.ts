import { rowsOf, type DatabasePlan, type SqlValue } from '../sqlite-file.ts';
import type { Attachment, Chat, Message, MessageStory } from '../story/messages.ts';
import type { Person } from '../story/people.ts';
import { cocoaNanoseconds, cocoaSeconds, type World } from '../world.ts';
import { typedStream } from './typedstream.ts';

/** `Library/SMS/sms.db`, with the columns of that iOS version. */
export function smsDatabase(world: World, story: MessageStory): DatabasePlan {
  const handles = [...new Map(story.chats.flatMap((chat) => chat.people).map((person) => [person.id, person])).values()];
  const attachments = story.messages.flatMap((message) => message.attachment ?? []);
  const clientVersion = world.iosMajor * 1000 + 7;
  return {
    schema: schema(world.iosMajor),
    userVersion: clientVersion,
    tables: {
      _SqliteDatabaseProperties: { columns: 'key, value', rows: [['_ClientVersion', clientVersion]] },
      handle: rowsOf('ROWID, id, country, service', handles, (person) => {
        return [person.id, person.phone, world.phrases.country, service(person)];
      }),
      chat: rowsOf(chatColumns, story.chats, chatRow),
      chat_handle_join: {
        columns: 'chat_id, handle_id',
        rows: story.chats.flatMap((chat) => chat.people.map((person) => [chat.id, person.id])),
      },
      message: rowsOf(messageColumns(world.iosMajor), story.messages, (message) => messageRow(world, message)),
      chat_message_join: rowsOf('chat_id, message_id, message_date', story.messages, ({ chat, id, at }) => [chat.id, id, date(world, at)]),
      attachment: rowsOf(attachmentColumns, attachments, attachmentRow),
      message_attachment_join: rowsOf('message_id, attachment_id', attachments, ({ id }) => [id, id]),
    },
  };
}

const service = (person: Person): string => (person.id % 5 === 0 ? 'SMS' : 'iMessage');

const chatColumns = 'ROWID, guid, style, state, chat_identifier, service_name, room_name, display_name';
const attachmentColumns = 'ROWID, guid, created_date, filename, uti, mime_type, transfer_state, transfer_name, total_bytes';

function chatRow({ id, guid, identifier, title, people }: Chat): SqlValue[] {
  const isGroup = people.length > 1;
  return [id, guid, isGroup ? 43 : 45, 3, identifier, 'iMessage', isGroup ? identifier : null, title];
}

function attachmentRow({ id, guid, at, path, name, bytes }: Attachment): SqlValue[] {
  return [id, guid, cocoaSeconds(at), `~/${path}`, 'public.jpeg', 'image/jpeg', 5, name, bytes];
}

/** Cocoa seconds before iOS 11, nanoseconds since. */
const date = (world: World, at: number): number | bigint => (world.iosMajor >= 11 ? cocoaNanoseconds(at) : cocoaSeconds(at));

function messageColumns(ios: number): string {
  const always =
    'ROWID, guid, text, attributedBody, handle_id, service, account, date, date_read, date_delivered, is_delivered, is_finished, ' +
    'is_from_me, is_read, is_sent, version, cache_has_attachments, cache_roomnames, associated_message_guid, associated_message_type';
  return `${always}${ios >= 14 ? ', reply_to_guid, thread_originator_guid' : ''}${ios >= 16 ? ', date_edited' : ''}`;
}

function messageRow(world: World, message: Message): SqlValue[] {
  const { id, guid, text, at, chat, sender, tapback, attachment, replyTo, editedAt } = message;
  const isOwn = sender === undefined;
  const isGroup = chat.people.length > 1;
  // Since iOS 16 many messages keep their text in the attributed body alone.
  const plainText = world.iosMajor >= 16 && id % 3 === 0 ? null : text;
  const identity = [id, guid, plainText, typedStream(text), sender?.id ?? (isGroup ? 0 : chat.people[0]?.id), message.service, account];
  const dates = [date(world, at), isOwn ? 0 : date(world, at + 30), isOwn ? date(world, at + 1) : 0];
  const marks = [true, true, isOwn, !isOwn, isOwn, 10, attachment !== undefined];
  const relations = [isGroup ? chat.identifier : null, tapback?.target, tapback?.type ?? 0];
  const replies = world.iosMajor >= 14 ? [replyTo, replyTo] : [];
  const edits = world.iosMajor >= 16 ? [editedAt === undefined ? 0 : date(world, editedAt)] : [];
  return [...identity, ...dates, ...marks, ...relations, ...replies, ...edits];
}

const account = 'p:+15555550100';

function schema(ios: number): string {
  const replies = ios >= 14 ? ', thread_originator_guid TEXT, thread_originator_part TEXT, reply_to_guid TEXT' : '';
  const edits = ios >= 16 ? ', date_retracted INTEGER DEFAULT 0, date_edited INTEGER DEFAULT 0, was_detonated INTEGER DEFAULT 0' : '';
  const deleted = ios >= 16 ? recentlyDeleted : '';
  return `
CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT, UNIQUE(key));
CREATE TABLE deleted_messages (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, guid TEXT NOT NULL);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT, service TEXT NOT NULL,
  uncanonicalized_id TEXT, person_centric_id TEXT, UNIQUE (id, service));
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, style INTEGER, state INTEGER, account_id TEXT,
  properties BLOB, chat_identifier TEXT, service_name TEXT, room_name TEXT, account_login TEXT, is_archived INTEGER DEFAULT 0,
  last_addressed_handle TEXT, display_name TEXT, group_id TEXT, is_filtered INTEGER DEFAULT 0, successful_query INTEGER);
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT, replace INTEGER DEFAULT 0,
  service_center TEXT, handle_id INTEGER DEFAULT 0, subject TEXT, country TEXT, attributedBody BLOB, version INTEGER DEFAULT 0,
  type INTEGER DEFAULT 0, service TEXT, account TEXT, account_guid TEXT, error INTEGER DEFAULT 0, date INTEGER, date_read INTEGER,
  date_delivered INTEGER, is_delivered INTEGER DEFAULT 0, is_finished INTEGER DEFAULT 0, is_emote INTEGER DEFAULT 0,
  is_from_me INTEGER DEFAULT 0, is_empty INTEGER DEFAULT 0, is_delayed INTEGER DEFAULT 0, is_auto_reply INTEGER DEFAULT 0,
  is_prepared INTEGER DEFAULT 0, is_read INTEGER DEFAULT 0, is_system_message INTEGER DEFAULT 0, is_sent INTEGER DEFAULT 0,
  has_dd_results INTEGER DEFAULT 0, cache_has_attachments INTEGER DEFAULT 0, cache_roomnames TEXT, item_type INTEGER DEFAULT 0,
  other_handle INTEGER DEFAULT 0, group_title TEXT, group_action_type INTEGER DEFAULT 0, share_status INTEGER DEFAULT 0,
  is_expirable INTEGER DEFAULT 0, expire_state INTEGER DEFAULT 0, is_audio_message INTEGER DEFAULT 0, date_played INTEGER,
  balloon_bundle_id TEXT, payload_data BLOB, associated_message_guid TEXT, associated_message_type INTEGER DEFAULT 0,
  expressive_send_style_id TEXT, associated_message_range_location INTEGER DEFAULT 0,
  associated_message_range_length INTEGER DEFAULT 0, message_summary_info BLOB, destination_caller_id TEXT${replies}${edits});
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, created_date INTEGER DEFAULT 0,
  start_date INTEGER DEFAULT 0, filename TEXT, uti TEXT, mime_type TEXT, transfer_state INTEGER DEFAULT 0,
  is_outgoing INTEGER DEFAULT 0, user_info BLOB, transfer_name TEXT, total_bytes INTEGER DEFAULT 0, is_sticker INTEGER DEFAULT 0,
  sticker_user_info BLOB, attribution_info BLOB, hide_attachment INTEGER DEFAULT 0);
CREATE TABLE chat_handle_join (chat_id INTEGER REFERENCES chat (ROWID) ON DELETE CASCADE,
  handle_id INTEGER REFERENCES handle (ROWID) ON DELETE CASCADE, UNIQUE(chat_id, handle_id));
CREATE TABLE chat_message_join (chat_id INTEGER REFERENCES chat (ROWID) ON DELETE CASCADE,
  message_id INTEGER REFERENCES message (ROWID) ON DELETE CASCADE, message_date INTEGER DEFAULT 0, PRIMARY KEY (chat_id, message_id));
CREATE TABLE message_attachment_join (message_id INTEGER REFERENCES message (ROWID) ON DELETE CASCADE,
  attachment_id INTEGER REFERENCES attachment (ROWID) ON DELETE CASCADE, UNIQUE(message_id, attachment_id));
${deleted}
CREATE INDEX message_idx_date ON message(date);
CREATE INDEX message_idx_handle ON message(handle_id, date);
CREATE INDEX chat_message_join_idx_message_id_only ON chat_message_join(message_id);`;
}

const recentlyDeleted = `CREATE TABLE chat_recoverable_message_join (chat_id INTEGER REFERENCES chat (ROWID) ON DELETE CASCADE,
  message_id INTEGER REFERENCES message (ROWID) ON DELETE CASCADE, delete_date INTEGER, ck_sync_state INTEGER DEFAULT 0,
  PRIMARY KEY (chat_id, message_id), CHECK (delete_date != 0));`;
