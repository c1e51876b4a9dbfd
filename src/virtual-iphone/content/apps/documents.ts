import { headedBody, textBody, fillerBody, type Body } from '../body.ts';
import { maxPictureBytes } from '../media/pictures.ts';
import type { PhoneContext } from '../phone/context.ts';
import { hashText } from '../random.ts';

export const documentExtensions = ['txt', 'json', 'csv', 'jpg', 'dat'] as const;
export type DocumentExtension = (typeof documentExtensions)[number];

/** What a document holds; `id` makes it unlike all others. Texts and tables are near `bytes` long, the others exactly. */
export function documentBody(context: PhoneContext, extension: DocumentExtension, id: string, bytes: number): Body {
  const { world, pictures } = context;
  const key = hashText(id);
  switch (extension) {
    case 'txt':
      return textBody(`${id}\n\n${paragraphs(context, key, bytes).join('\n\n')}\n`);
    case 'json':
      return textBody(`${JSON.stringify({ id, paragraphs: paragraphs(context, key, bytes) }, undefined, 2)}\n`);
    case 'csv':
      return textBody(table(context, id, bytes));
    case 'jpg': {
      const makeHead = (): Buffer => pictures.jpeg(key, { at: world.start, model: world.productType, id });
      return headedBody(makeHead, world.filler, key, Math.max(bytes, maxPictureBytes));
    }
    case 'dat':
      return fillerBody(world.filler, key, bytes);
  }
}

function paragraphs({ world }: PhoneContext, key: number, bytes: number): string[] {
  const { notes } = world.phrases;
  const texts: string[] = [];
  for (let length = 0; length < bytes; length += texts.at(-1)?.length ?? 1) {
    texts.push(notes[(key + texts.length) % notes.length]?.[1] ?? '-');
  }
  return texts;
}

function table({ world, people }: PhoneContext, id: string, bytes: number): string {
  const random = world.random(`table ${id}`);
  const lines = ['id,name,amount'];
  for (let length = 0; length < bytes; length += lines.at(-1)?.length ?? 1) {
    lines.push(`${lines.length},"${random.pick(people).first}",${random.integer(1, 99_999) / 100}`);
  }
  return `${lines.join('\n')}\n`;
}
