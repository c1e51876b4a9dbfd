import type { Translate } from '../shared/words.ts';
import type { PlanFix, PlanProblem, PlanProblemCode } from './problem.ts';

type Values = PlanProblem['values'];

const sentences: Readonly<Record<PlanProblemCode, (t: Translate, values: Values) => string>> = {
  'too-large': (t) => t('This file is too large for a plan.'),
  'too-deep': (t) => t('This is nested too deeply for a plan.'),
  anchor: (t, values) => t('Anchors and aliases (& and *) have no place in a plan. Put text that begins so into quotes: {text}', values),
  tag: (t, values) => t('Tags (!) have no place in a plan. Put text that begins so into quotes: {text}', values),
  syntax: (t, values) => t('This is not valid YAML: {what}', values),
  empty: (t) => t('The plan is empty. It begins with its version, and may say a device, what to include and what to exclude.'),
  'several-documents': (t) => t('A file holds one plan; here a second one begins.'),
  type: (t, values) => typeText(t, values),
  range: (t, values) =>
    values['unit'] === 'characters'
      ? t('“{key}” is too long; {most} characters are the limit.', values)
      : t('“{key}” must be a whole number from {least} to {most}.', values),
  'unknown-key': (t, values) =>
    values['near'] === ''
      ? t('A plan has no key “{key}”.', values)
      : t('A plan has no key “{key}”; “{near}” was probably meant.', values),
  'duplicate-key': (t, values) => t('“{key}” stands here a second time.', values),
  'missing-version': (t) => t('The version of the plan language is missing: write “version: 1”.'),
  'newer-version': (t, values) =>
    t('This plan is of version {version}; this program knows version {known}. Update it to use the plan.', values),
  password: (t, values) =>
    t('Passwords cannot be written in a plan: it is a plain file. They are asked for when they are needed. Remove “{key}”.', values),
  path: (t, values) => t('“{path}” depends on where a program was started. Write the whole path, or one that begins with “~/”.', values),
  term: (t, values) => t('This cannot be read as a choice. {what}.', values),
  'too-many-terms': (t, values) => t('There are more lines than the {limit} that a plan may have.', values),
  'empty-list': (t) => t('Nothing is listed here. Remove “include” to back up everything, or list something.'),
  'unknown-category': (t, values) =>
    values['near'] === ''
      ? t('There is no category “{name}”.', values)
      : t('There is no category “{name}”; “{near}” was probably meant.', values),
  'unknown-app': (t, values) => t('No app “{name}” is known from the devices and their last backup.', values),
  'unknown-domain': (t, values) => t('No domain “{name}” was in the last backup.', values),
  'unknown-device': (t, values) => t('No device “{name}” is connected or in the history.', values),
  'needs-encryption': (t, values) => t('{what} is only in encrypted backups. Write “encrypted: true”, or it will be missing.', values),
  'mostly-encrypted': (t, values) => t('{what} is hardly ever in a backup that is not encrypted.', values),
  contradiction: (t) => t('This line is both included and excluded, so it is left out.'),
  'excluded-wholly': (t) => t('The excluded lines leave nothing of this one.'),
  'matches-nothing': (t, values) => t('This matched nothing in the last backup ({date}).', values),
  'no-space': (t, values) =>
    t('This choice was {size} in the last backup ({date}), and {free} are free in the backup folder. What did not change since then takes no room again.', values),
  'no-room': (t, values) => t('The next run is estimated to transfer {size}, whatever is chosen, and {free} are free in the backup folder.', values),
};

/** What is wrong, and what to do about it. */
export const problemText = ({ code, values }: PlanProblem, t: Translate): string => sentences[code](t, values);

function typeText(t: Translate, values: Values): string {
  switch (values['wanted']) {
    case 'map':
      return values['key'] === '' ? t('A plan is made of keys with values, such as “version: 1”.') : t('“{key}” must hold keys with values.', values);
    case 'list':
      return t('“{key}” must be a list, one line each: “- messages”.', values);
    case 'term':
      return t('A line of “{key}” must be a category, an app, a domain or a path, as one text.', values);
    case 'key':
      return t('A key must be a short text.');
    case 'number':
      return t('“{key}” must be a whole number.', values);
    case 'flag':
      return t('“{key}” must be true or false.', values);
    case 'duration':
      return t('“{key}” must be a time such as “12 hours”, “1 day” or “2 weeks”.', values);
    case 'choice':
      return t('“{key}” must be one of: {choices}.', values);
    default:
      return t('“{key}” must be a text; put it into quotes if it looks like something else.', values);
  }
}

export function fixTitle({ code, values }: PlanFix, t: Translate): string {
  switch (code) {
    case 'replace':
      return t('Change to “{text}”', values);
    case 'remove-line':
      return t('Remove this line');
    case 'remove-key':
      return t('Remove this key');
    case 'quote':
      return t('Put “{text}” into quotes', values);
    case 'encrypt':
      return t('Make the backup encrypted (encrypted: true)');
    case 'set-version':
      return t('Write “version: {version}” at the top', values);
  }
}
