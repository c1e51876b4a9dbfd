/** Colours of the theme's charts, by the rows that people know best; a colour never tells what the words do not. */
const known: Readonly<Record<string, number>> = {
  'category:photos': 0,
  'category:apps': 1,
  'category:messages': 2,
  'category:message-attachments': 2,
  'category:settings': 6,
  'other:unlisted': 6,
  'category:whatsapp': 3,
  'category:music': 4,
  'category:voice-memos': 5,
};

const hues = 6;

/** The colour of what is no row. */
export const otherHue = 6;

/** Number of the colour of a row at the top, 0 to 6. */
export function hueOf(id: string): number {
  const own = known[id];
  if (own !== undefined) return own;
  let hash = 0;
  for (let index = 0; index < id.length; index++) hash = (hash * 31 + id.charCodeAt(index)) % 9973;
  return hash % hues;
}
