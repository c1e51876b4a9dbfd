import type { MediaResult } from '../jobs/api.ts';
import { isDay } from '../selection/day.ts';
import { UsageError, type Command } from './command.ts';
import { exitCode } from './exit-codes.ts';
import { formatBytes, terminalText } from './format.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { withSession } from './session.ts';

const options = { ...commonOptions, to: { type: 'string' }, after: { type: 'string' }, before: { type: 'string' } } as const;

export const mediaCommand: Command = {
  name: 'media',
  summary: 'Copy photos and videos, without a backup',
  help: `Usage: iphone-backup media [options]

Copies photos and videos straight from the camera roll, as the device has them (HEIC, Live Photos, edits), with their
dates. What is there already is skipped, and an interrupted copy goes on. Nothing on the device is changed.

  --to DIR         folder for the copies (default: in the library, with the device's backups)
  --after DAY      only what was taken on this day or later (yyyy-MM-dd)
  --before DAY     only what was taken on this day or earlier

Exits with 3 when the device did not give some files.

${commonHelp}`,
  async run(args, io) {
    const { values } = readOptions(args, options, 0);
    const { to, after, before } = values;
    for (const day of [after, before]) if (day !== undefined && !isDay(day)) throw new UsageError(`'${day}' is not a day: write yyyy-MM-dd`);
    return await withSession(values, io, async (session) => {
      const device = await session.trusted(await session.device());
      const result = await session.run((run) => session.engine.copyMedia({ udid: device.udid, folder: to, after, before }, run));
      session.print(result, resultText(result));
      return result.failed.length > 0 ? exitCode.device : exitCode.ok;
    });
  },
};

const shownFailures = 20;

function resultText({ folder, copied, skipped, bytes, failed }: MediaResult): string {
  const counts = `Copied ${copied} files (${formatBytes(bytes)}) to ${terminalText(folder)}; ${skipped} were there already.`;
  const names = failed.slice(0, shownFailures).map((path) => `  not copied: ${terminalText(path)}`);
  const more = failed.length > names.length ? [`  and ${failed.length - names.length} more`] : [];
  return [counts, ...names, ...more].join('\n');
}
