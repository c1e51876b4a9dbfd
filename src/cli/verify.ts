import type { VerifyReport } from '../jobs/api.ts';
import type { Command } from './command.ts';
import { chooseEntry, entryHelp, refOf } from './entry-choice.ts';
import { exitCode } from './exit-codes.ts';
import { findingText } from './failure.ts';
import { terminalText } from './format.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { SecretReader } from './secrets.ts';
import { withSession } from './session.ts';

const options = { ...commonOptions, quick: { type: 'boolean', default: false }, unlock: { type: 'boolean', default: false } } as const;

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'Verify one backup, or all',
  help: `Usage: iphone-backup verify [ENTRY] [options]

Reads every byte of a backup, or of all, and compares it with the checksums taken while it was received; also compares
the manifest with the files. ${entryHelp}

  --quick          only the manifest against names and sizes of the files
  --unlock         also try the password of encrypted backups (asked for, or a line of standard input)

Exits with 6 when anything is damaged.

${commonHelp}`,
  async run(args, io) {
    const { values, positionals } = readOptions(args, options, 1);
    return await withSession(values, io, async (session) => {
      const word = positionals[0];
      const entry = word === undefined ? undefined : refOf(await chooseEntry(session, word, values.udid));
      const password = values.unlock ? await new SecretReader(io).read('Backup password') : undefined;
      const level = values.quick ? 'structure' : values.unlock ? 'unlock' : 'bytes';
      const report = await session.run((run) => session.engine.verify({ entry, level, password }, run));
      session.print(report, reportText(report));
      return report.entries.some((checked) => checked.record.result === 'damaged') ? exitCode.data : exitCode.ok;
    });
  },
};

function reportText(report: VerifyReport): string {
  if (report.entries.length === 0) return 'The history holds no backup.';
  const lines = report.entries.flatMap((checked) => {
    const head = `${checked.entry.id}  ${checked.record.result === 'good' ? 'good' : `DAMAGED: ${checked.record.damagedFiles} files`}`;
    const damage = checked.damage.slice(0, 50).map((item) => {
      const name = item.domain === undefined ? '' : ` (${terminalText(`${item.domain}: ${item.relativePath ?? ''}`)})`;
      return `  ${item.code}  ${terminalText(item.path)}${name}`;
    });
    return [head, ...damage, ...checked.notes.map((note) => `  ${findingText(note)}`)];
  });
  return lines.join('\n');
}
