export type WordValue = string | number | boolean;

/**
 * Gives `message`, an English sentence with `{name}` placeholders, in the person's language.
 *
 * The sentence itself is the key of the translation, as `vscode.l10n` has it.
 */
export type Translate = (message: string, values?: Readonly<Record<string, WordValue>>) => string;

/** The sentence as it is written, with its placeholders filled; what the CLI and the tests use. */
export const english: Translate = (message, values = {}) =>
  message.replace(/\{([^{}]+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
