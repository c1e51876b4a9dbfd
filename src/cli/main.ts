import { errorFacts } from '../shared/errors.ts';
import { UsageError, type Command, type CommandIo } from './command.ts';
import { commands } from './commands.ts';
import { exitCode, exitCodeHelp, exitCodeOf } from './exit-codes.ts';
import { diagnosisOf } from './diagnose-failure.ts';
import { diagnosedFailureText } from './diagnose-text.ts';
import { failureText } from './failure.ts';
import { untilStopped } from './stop-signals.ts';

const generalHelp = (): string => `iphone-backup: back up iPhones and iPads to your own disk

Usage: iphone-backup COMMAND [options]

Commands:
${commands.map((command) => `  ${command.name.padEnd(12)} ${command.summary}`).join('\n')}

"iphone-backup COMMAND --help" tells the options of a command.

${exitCodeHelp}
`;

/** Runs one command and answers the exit code; failures are one sentence on standard error, with `--json` one object. */
export async function runCommandLine(args: readonly string[], terminal: Omit<CommandIo, 'signal'>): Promise<number> {
  const [name = '--help', ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') return print(terminal, generalHelp());
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) return usage(terminal, `Unknown command '${name}'; see "iphone-backup --help"`);
  if (rest.includes('--help') || rest.includes('-h')) return print(terminal, `${command.help}\n`);
  return await runStoppable(command, rest, terminal);
}

async function runStoppable(command: Command, args: readonly string[], terminal: Omit<CommandIo, 'signal'>): Promise<number> {
  command.prepareProcess?.();
  return await untilStopped(terminal, command.runsUntilStopped ?? false, async (signal) => {
    try {
      return await command.run(args, { ...terminal, signal, command: command.name });
    } catch (error) {
      return fail(error, command.name, args.includes('--json'), terminal);
    }
  });
}

function fail(error: unknown, command: string, isJson: boolean, terminal: Omit<CommandIo, 'signal'>): number {
  if (error instanceof UsageError) return usage(terminal, error.message);
  const facts = errorFacts(error);
  const diagnosis = diagnosisOf(error);
  if (isJson) terminal.stdout.write(`${JSON.stringify({ type: 'failure', ...facts, ...(diagnosis ? { diagnosis: diagnosis.ranked } : {}) })}\n`);
  terminal.stderr.write(`${diagnosis ? diagnosedFailureText(facts, diagnosis, command) : failureText(facts, command)}\n`);
  if (facts.kind === 'crash' && error instanceof Error && terminal.env['DEBUG'] !== undefined) terminal.stderr.write(`${error.stack ?? ''}\n`);
  return exitCodeOf(facts.kind);
}

function usage(terminal: Omit<CommandIo, 'signal'>, sentence: string): number {
  terminal.stderr.write(`${sentence}\n`);
  return exitCode.usage;
}

function print(terminal: Omit<CommandIo, 'signal'>, text: string): number {
  terminal.stdout.write(text);
  return exitCode.ok;
}
