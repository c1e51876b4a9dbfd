import { bytesBody, headedBody } from '../body.ts';
import { callsDatabase } from '../databases/calls.ts';
import { voicemailDatabase, voicemailSound } from '../databases/voicemail.ts';
import { chatStorageDatabase, whatsAppMediaPath } from '../databases/whatsapp.ts';
import { hashText } from '../random.ts';
import { tellCalls } from '../story/calls.ts';
import { tellMessages } from '../story/messages.ts';
import type { PhoneContext } from './context.ts';
import { addDatabase } from './databases.ts';

/** Call history, voicemail and WhatsApp. */
export function addCommunication(context: PhoneContext): void {
  addCalls(context);
  addWhatsApp(context);
}

function addCalls(context: PhoneContext): void {
  const { world, tree, people, scale, today } = context;
  const calls = tellCalls(world, people, scale.calls, today);
  const modified = calls.at(-1)?.at ?? world.at(-30);
  addDatabase(context, 'HomeDomain', 'Library/CallHistoryDB/CallHistory.storedata', { modified }, () => callsDatabase(world, calls));
  const left = calls.filter((call) => call.leftVoicemail);
  const lastLeft = left.at(-1)?.at ?? world.at(-30);
  addDatabase(context, 'HomeDomain', 'Library/Voicemail/voicemail.db', { modified: lastLeft }, () => voicemailDatabase(left));
  for (const call of left) {
    const facts = { modified: call.at, born: call.at, protectionClass: 3 as const };
    tree.file('HomeDomain', `Library/Voicemail/${call.id}.amr`, bytesBody(voicemailSound(call)), facts);
  }
}

const whatsApp = { app: 'AppDomain-net.whatsapp.WhatsApp', group: 'AppDomainGroup-group.net.whatsapp.WhatsApp.shared' } as const;

function addWhatsApp(context: PhoneContext): void {
  const { world, tree, pictures, scale, today } = context;
  const people = context.people.slice(3);
  const { messages } = tellMessages(world, people, scale.whatsApp, today);
  const modified = messages.at(-1)?.at ?? world.start;
  addDatabase(context, whatsApp.group, 'ChatStorage.sqlite', { modified }, () => chatStorageDatabase(world, messages));
  for (const folder of ['Message/Media', 'Media/Profile']) tree.directory(whatsApp.group, folder);
  for (const { attachment, chat } of messages) {
    const person = chat.people[0];
    if (attachment === undefined || person === undefined) continue;
    const makeHead = (): Buffer => pictures.jpeg(attachment.motif, { at: attachment.at, model: 'WhatsApp', id: attachment.guid });
    const body = headedBody(makeHead, world.filler, hashText(attachment.guid), attachment.bytes);
    tree.file(whatsApp.group, whatsAppMediaPath(person, attachment), body, { modified: attachment.at, born: attachment.at });
  }
}
