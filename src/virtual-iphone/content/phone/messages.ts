import { headedBody } from '../body.ts';
import { smsDatabase } from '../databases/sms.ts';
import { hashText } from '../random.ts';
import type { Attachment } from '../story/messages.ts';
import type { PhoneContext } from './context.ts';
import { addDatabase } from './databases.ts';

/** sms.db and the files attached to messages. */
export function addMessages(context: PhoneContext): void {
  const { story, world } = context;
  const modified = story.messages.at(-1)?.at ?? world.start;
  addDatabase(context, 'HomeDomain', 'Library/SMS/sms.db', { modified }, () => smsDatabase(world, story));
  context.tree.directory('HomeDomain', 'Library/SMS/Drafts');
  for (const message of story.messages) if (message.attachment) addAttachment(context, message.attachment);
}

function addAttachment({ tree, pictures, world }: PhoneContext, attachment: Attachment): void {
  const makeHead = (): Buffer => pictures.jpeg(attachment.motif, { at: attachment.at, model: world.productType, id: attachment.guid });
  const body = headedBody(makeHead, world.filler, hashText(attachment.guid), attachment.bytes);
  tree.file('MediaDomain', attachment.path, body, { modified: attachment.at, born: attachment.at });
}
