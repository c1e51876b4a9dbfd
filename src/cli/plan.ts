import { UsageError, type Command } from './command.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { checkPlan } from './plan-check.ts';
import { newPlan } from './plan-new.ts';
import { selectionHelp, selectionOptions } from './selection-options.ts';

const options = {
  ...commonOptions,
  offline: { type: 'boolean', default: false },
  unlock: { type: 'boolean', default: false },
  device: { type: 'string' },
  ...selectionOptions,
  encrypted: { type: 'boolean', default: false },
} as const;

export const planCommand: Command = {
  name: 'plan',
  summary: 'Check a plan file, or write a new one',
  help: `Usage: iphone-backup plan check FILE [--offline] [--unlock] [options]
       iphone-backup plan new [FILE] [--device NAME] [--only A,B] [--except C] [--encrypted]

A plan is a file NAME.iphone-backup.yaml (or .json) that says what to back up: of which device, what to include and to
leave out, encrypted or not, which older backups to remove afterwards, and when it is due. "backup --plan FILE" runs it.

check  tells what is wrong, line by line: misspelt names, what encryption keeps out, patterns that matched nothing in the
       last backup, runs larger than the free disk. Ends with 6 when there is an error; warnings alone end with 0.
  --offline        look at the file only, not at devices and backups
  --unlock         open the last backup where it is encrypted (password asked for, or a line of standard input)

new    writes a plan to FILE, which must not exist yet, or to standard output.
  --device NAME    name or UDID of the device; any device without it
${selectionHelp}
  --encrypted      the backup must be encrypted

${commonHelp}`,
  async run(args, io) {
    const { values, positionals } = readOptions(args, options, 2);
    const [action, file] = positionals;
    if (action === 'check' && file !== undefined) return await checkPlan(file, values, io);
    if (action === 'new') return await newPlan(file, values, io);
    throw new UsageError(action === 'check' ? 'Say which file to check' : 'Say one of: check, new');
  },
};
