import type { DiagnosisReport } from '../shared/diagnosis-report.ts';
import type { Command } from './command.ts';
import { diagnosisText } from './diagnose-text.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { withSession } from './session.ts';

/** Exit codes of `diagnose` by the gravest finding. */
const exitCodes = { blocker: 9, warning: 8, info: 0 } as const;

export const diagnoseCommand: Command = {
  name: 'diagnose',
  summary: 'Find out what stands in the way of a backup',
  help: `Usage: iphone-backup diagnose [options]

Looks at the muxer, the device, this computer, the history and iCloud, and says what is wrong, why, and what to do.
Nothing is changed, and the device asks nothing.

  --check ID       only this check; may be given several times

Exits with 0 when nothing is wrong, 8 with warnings, 9 when a backup cannot work.

${commonHelp}`,
  async run(args, io) {
    const { values } = readOptions(args, { ...commonOptions, check: { type: 'string', multiple: true } }, 0);
    return await withSession(values, io, async (session) => {
      const report = await session.run((run) => session.engine.diagnose({ udid: values.udid, checks: values.check }, run));
      session.print({ report }, diagnosisText(report));
      return exitCodeOf(report);
    });
  },
};

function exitCodeOf({ ranked }: DiagnosisReport): number {
  return Math.max(0, ...ranked.map(({ severity }) => exitCodes[severity]));
}
