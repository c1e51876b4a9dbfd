import { termText } from '../selection/index.ts';
import type { Estimate, EstimateRow } from '../shared/estimate.ts';
import { UsageError, type Command } from './command.ts';
import { estimateText } from './estimate-text.ts';
import { exitCode } from './exit-codes.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { deviceOfPlan } from './plan-backup.ts';
import { planShare, planShareText } from './plan-estimate.ts';
import { libraryOf, loadPlan } from './plan-file.ts';
import { SecretReader } from './secrets.ts';
import { termsOf } from './selection-options.ts';
import { withSession } from './session.ts';

const options = {
  ...commonOptions,
  experiment: { type: 'boolean', default: false },
  unlock: { type: 'boolean', default: false },
  only: { type: 'string' },
  all: { type: 'boolean', default: false },
  plan: { type: 'string' },
} as const;

export const estimateCommand: Command = {
  name: 'estimate',
  summary: 'Tell how big the next backup will be, and why',
  help: `Usage: iphone-backup estimate [options]

Estimates the next backup of a device from its last backup, the sizes it tells of its apps and storage, and a look at its
camera roll: per category and app, with what changed, the time it will take, and whether it fits the disk and iCloud.

  --experiment     also ask the device what it demands: starts a backup that ends before anything is written. The device
                   may ask for its passcode (iOS 14 or newer)
  --unlock         open the last backup where it is encrypted (password asked for, or a line of standard input)
  --only NAMES     only these lines: categories (photos,messages) and bundle ids, with commas between
  --all            every line; else the 40 largest
  --plan FILE      of the device and library of a plan file, and how much of the last backup its choice took

${commonHelp}`,
  async run(args, io) {
    const { values } = readOptions(args, options, 0);
    const only = values.only === undefined ? undefined : namesOf(values.only);
    const plan = values.plan === undefined ? undefined : await loadPlan(values.plan);
    const library = plan ? libraryOf(plan, values.library) : values.library;
    return await withSession({ ...values, library }, io, async (session) => {
      const device = await session.trusted(plan ? await deviceOfPlan(plan, values.udid, session) : await session.device());
      const password = values.unlock ? await new SecretReader(io).read('Backup password') : undefined;
      const whole = await session.run((run) => session.engine.estimate({ udid: device.udid, experiment: values.experiment, password }, run));
      const estimate = only ? { ...whole, rows: chosenRows(whole, only) } : whole;
      const share = plan && (await planShare(plan, whole, password, session));
      const text = estimateText(estimate, { all: values.all || only !== undefined, isPart: only !== undefined });
      session.print(plan ? { ...estimate, plan: share } : estimate, plan ? `${text}\n\n${planShareText(plan, whole, share)}` : text);
      return exitCode.ok;
    });
  },
};

function namesOf(text: string): ReadonlySet<string> {
  const terms = termsOf(text);
  const other = terms.find(({ kind, where }) => kind === 'path' || where !== undefined);
  if (other) throw new UsageError(`An estimate has no line for '${termText(other)}': name categories, apps and domains`);
  return new Set(terms.map(termText));
}

/** The named rows with all below them, each as a top of its own. Throws `UsageError` for a name without a row. */
function chosenRows({ rows }: Estimate, names: ReadonlySet<string>): EstimateRow[] {
  const chosen = new Map<string, EstimateRow>();
  const found = new Set<string>();
  for (const row of rows) {
    const name = row.term && row.term.where === undefined ? termText(row.term) : undefined;
    const isNamed = name !== undefined && names.has(name);
    if (isNamed) found.add(name);
    if (row.parent !== undefined && chosen.has(row.parent)) chosen.set(row.id, row);
    else if (isNamed) chosen.set(row.id, { ...row, parent: undefined });
  }
  const missing = [...names].find((name) => !found.has(name));
  if (missing !== undefined) throw new UsageError(`Nothing is known of '${missing}': the device does not tell its size, and no earlier backup that opens holds it`);
  return [...chosen.values()];
}
