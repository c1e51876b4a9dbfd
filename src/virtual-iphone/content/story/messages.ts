import type { Random } from '../random.ts';
import type { Conversation } from '../texts/phrases.ts';
import type { World } from '../world.ts';
import type { Person } from './people.ts';

export interface Chat {
  readonly id: number;
  readonly guid: string;
  /** A number or address for one person, `chat…` for a group. */
  readonly identifier: string;
  readonly title: string | undefined;
  readonly people: readonly Person[];
}

export interface Attachment {
  readonly id: number;
  readonly guid: string;
  readonly name: string;
  /** Below MediaDomain. */
  readonly path: string;
  readonly bytes: number;
  /** Chooses the picture. */
  readonly motif: number;
  readonly at: number;
}

export interface Message {
  readonly id: number;
  readonly guid: string;
  readonly chat: Chat;
  /** `undefined` for the owner's own. */
  readonly sender: Person | undefined;
  readonly text: string;
  /** Unix seconds. */
  readonly at: number;
  readonly service: 'iMessage' | 'SMS';
  readonly attachment: Attachment | undefined;
  /** A reaction to another message: 2000 love, 2001 like, 2003 laugh. */
  readonly tapback: { readonly type: number; readonly target: string } | undefined;
  readonly editedAt: number | undefined;
  readonly replyTo: string | undefined;
}

export interface MessageScale {
  /** Tells the random streams of different messengers apart. */
  readonly app: string;
  readonly directChats: number;
  readonly groupChats: number;
  /** Days of history before the phone's day 0. */
  readonly days: number;
  readonly conversationsPerDay: number;
  /** Bytes of an attached picture. */
  readonly attachmentBytes: readonly [number, number];
}

export interface MessageStory {
  readonly chats: readonly Chat[];
  readonly messages: readonly Message[];
}

/** All messages up to now on day `today`. Past days never change: what is added has the highest ids. */
export function tellMessages(world: World, people: readonly Person[], scale: MessageScale, today: number): MessageStory {
  const chats = makeChats(world, people, scale);
  const messages = world.events<Message>(scale.app, 1 - scale.days, today, (day, before) => tellDay(world, chats, scale, day, before));
  return { chats, messages };
}

function makeChats(world: World, people: readonly Person[], scale: MessageScale): Chat[] {
  const random = world.random(`chats of ${scale.app}`);
  const chats: Chat[] = people.slice(0, scale.directChats).map((person, index) => {
    return { id: index + 1, guid: `iMessage;-;${person.phone}`, identifier: person.phone, title: undefined, people: [person] };
  });
  for (let n = 0; n < scale.groupChats; n++) {
    const identifier = `chat${random.integer(1e8, 9e8)}${random.integer(1e8, 9e8)}`;
    const members = people.slice(n, n + 4);
    const title = world.phrases.groupTitles[n % world.phrases.groupTitles.length];
    chats.push({ id: chats.length + 1, guid: `iMessage;+;${identifier}`, identifier, title, people: members });
  }
  return chats;
}

function tellDay(world: World, chats: readonly Chat[], scale: MessageScale, day: number, messages: Message[]): void {
  const random = world.random(`${scale.app} of day ${day}`);
  const count = Math.floor(scale.conversationsPerDay * (0.5 + random.fraction())) + Number(random.chance(scale.conversationsPerDay % 1));
  const starts = Array.from({ length: count }, () => random.integer(0, 80_000)).sort((a, b) => a - b);
  for (const start of starts) {
    const chat = random.pick(chats);
    const lines = random.pick(chat.people.length > 1 ? world.phrases.groupConversations : world.phrases.conversations);
    messages.push(...tellConversation(random, { chat, lines, start: world.at(day - 1, start), firstId: messages.length + 1 }, scale));
  }
}

const serviceOf = ({ people }: Chat): Message['service'] => (people.length === 1 && (people[0]?.id ?? 0) % 5 === 0 ? 'SMS' : 'iMessage');

const attachmentShare = 0.06;

interface Talk {
  readonly chat: Chat;
  readonly lines: Conversation;
  /** Unix seconds. */
  readonly start: number;
  readonly firstId: number;
}

function tellConversation(random: Random, { chat, lines, start, firstId }: Talk, scale: MessageScale): Message[] {
  const messages: Message[] = [];
  const service = serviceOf(chat);
  let at = start;
  for (const line of lines) {
    at += random.integer(4, 400);
    const isOwn = line.startsWith('> ');
    const id = firstId + messages.length;
    const attachment = random.chance(attachmentShare) ? makeAttachment(random, id, at, scale) : undefined;
    const sender = isOwn ? undefined : random.pick(chat.people);
    messages.push({
      id,
      guid: random.uuid(),
      chat,
      sender,
      at,
      service,
      attachment,
      tapback: undefined,
      text: `${attachment ? '\ufffc' : ''}${isOwn ? line.slice(2) : line}`,
      editedAt: isOwn && random.chance(0.03) ? at + 45 : undefined,
      replyTo: random.chance(0.05) ? messages.at(-1)?.guid : undefined,
    });
  }
  const last = messages.at(-1);
  if (last && service === 'iMessage' && random.chance(0.3)) messages.push(makeTapback(random, last));
  return messages;
}

function makeTapback(random: Random, target: Message): Message {
  return {
    ...target,
    id: target.id + 1,
    guid: random.uuid(),
    sender: target.sender === undefined ? target.chat.people[0] : undefined,
    text: `Loved “${target.text}”`,
    at: target.at + random.integer(2, 60),
    attachment: undefined,
    editedAt: undefined,
    replyTo: undefined,
    tapback: { type: random.pick([2000, 2001, 2003]), target: `p:0/${target.guid}` },
  };
}

function makeAttachment(random: Random, id: number, at: number, scale: MessageScale): Attachment {
  const guid = random.uuid();
  const name = `IMG_${String(random.integer(1, 9999)).padStart(4, '0')}.jpeg`;
  const shard = random.integer(0, 255);
  const path = `Library/SMS/Attachments/${shard.toString(16).padStart(2, '0')}/${String(shard % 16).padStart(2, '0')}/${guid}/${name}`;
  return { id, guid: `at_0_${guid}`, name, path, bytes: random.spread(...scale.attachmentBytes), motif: random.integer(0, 255), at };
}
