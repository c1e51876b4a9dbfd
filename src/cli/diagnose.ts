import type { DiagnosisReport } from '../shared/diagnosis-report.ts';
import type { JobRun } from '../jobs/api.ts';
import type { Command } from './command.ts';
import { saveBundle } from './diagnose-bundle.ts';
import { diagnosisText } from './diagnose-text.ts';
import { exitCode } from './exit-codes.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { withSession } from './session.ts';

/** By the gravest finding. */
const exitCodes = { blocker: exitCode.blocked, warning: exitCode.warned, info: exitCode.ok } as const;

export const diagnoseCommand: Command = {
  name: 'diagnose',
  summary: 'Find out what stands in the way of a backup',
  help: `Usage: iphone-backup diagnose [options]

Looks at the muxer, the device, this computer, the history and iCloud, and says what is wrong, why, and what to do.
Nothing is changed, and the device asks nothing.

  --check ID       only this check; may be given several times
  --bundle FILE    save findings, versions and log for somebody who helps, without names, numbers and passwords;
                   says what is in it first

Exits with 0 when nothing is wrong, 8 with warnings, 9 when a backup cannot work.

${commonHelp}`,
  async run(args, io) {
    const { values } = readOptions(args, { ...commonOptions, check: { type: 'string', multiple: true }, bundle: { type: 'string' } }, 0);
    return await withSession(values, io, async (session) => {
      const log: string[] = [];
      const report = await session.run((run) => session.engine.diagnose({ udid: values.udid, checks: values.check }, hearing(run, log)));
      session.print({ report }, diagnosisText(report));
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
