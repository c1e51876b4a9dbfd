import type { DiagnosisReport } from '../shared/diagnosis-report.ts';
import type { JobRun } from '../jobs/api.ts';
import { checks } from '../diagnosis/checks/check-list.ts';
import { UsageError, type Command } from './command.ts';
import { saveBundle } from './diagnose-bundle.ts';
import { diagnosisText } from './diagnose-text.ts';
import { exitCode } from './exit-codes.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { withSession } from './session.ts';

/** By the gravest finding. */
const exitCodes = { blocker: exitCode.blocked, warning: exitCode.warned, info: exitCode.ok } as const;

const checkIds = checks.map(({ id }) => id);

/** The ids in lines of a usual width. */
const idLines = checkIds.join(', ').replace(/(.{1,90})(?: |$)/g, '                   $1\n').trimEnd();

export const diagnoseCommand: Command = {
  name: 'diagnose',
  summary: 'Find out what stands in the way of a backup',
  help: `Usage: iphone-backup diagnose [options]

Looks at the muxer, the device, this computer, the history and iCloud, and says what is wrong, why, and what to do.
Nothing is changed, and the device asks nothing.

  --check ID       only this check; may be given several times:
${idLines}
  --bundle FILE    save findings, versions and log for somebody who helps, without names, numbers and passwords;
                   says what is in it first

Exits with 0 when nothing is wrong, 8 with warnings, 9 when a backup cannot work.

${commonHelp}`,
  async run(args, io) {
    const { values } = readOptions(args, { ...commonOptions, check: { type: 'string', multiple: true }, bundle: { type: 'string' } }, 0);
    const wanted = values.check;
    const unknown = wanted?.find((id) => !checkIds.includes(id));
    if (unknown !== undefined) throw new UsageError(`There is no check '${unknown}'; there are ${checkIds.join(', ')}`);
    return await withSession(values, io, async (session) => {
      const log: string[] = [];
      const report = await session.run((run) => session.engine.diagnose({ udid: values.udid, checks: wanted }, hearing(run, log)));
      session.print({ report }, diagnosisText(report, wanted !== undefined));
      if (values.bundle !== undefined && (await saveBundle(session, report, log, values.bundle))) io.stderr.write(`Saved ${values.bundle}\n`);
      return exitCodeOf(report);
    });
  },
};

/** The same run, with what it logs kept. */
function hearing(run: JobRun, log: string[]): JobRun {
  return {
    ...run,
    listener: (event) => {
      if (event.type === 'log') log.push(`${event.level} ${event.text}`);
      run.listener(event);
    },
  };
}

function exitCodeOf({ ranked }: DiagnosisReport): number {
  return Math.max(exitCode.ok, ...ranked.map(({ severity }) => exitCodes[severity]));
}
