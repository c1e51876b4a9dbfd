/** Control characters, bidirectional overrides, zero-width and other invisible characters. */
// oxlint-disable-next-line no-control-regex -- these are the characters to be removed
const invisible = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+/g;

/**
 * Text from a device, a backup or a file name, made fit to stand in one line of the editor: no control or invisible
 * characters, at most `max` characters. Markup stays and is shown as it is written.
 */
export function plainText(text: string, max = 100): string {
  const isCut = text.length > max * 4;
  const line = text.slice(0, max * 4).toWellFormed().replace(invisible, ' ').replace(/\s+/g, ' ').trim();
  if (line.length <= max && !isCut) return line;
  // Made here and not once at the start: its data cost more to load than the whole activation, and few names are long.
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const characters = Array.from(segmenter.segment(line), ({ segment }) => segment);
  return characters.length > max || isCut ? `${characters.slice(0, max - 1).join('')}…` : line;
}

/** Quick picks and the status bar turn `$(name)` into an icon unless a backslash stands before it. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', String.raw`\$(`);
}

/** Notifications turn `[words](target)` into a link; an invisible space between the two parts keeps it text. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u200B(');
}
