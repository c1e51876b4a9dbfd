import { errorWords } from '../diagnosis/error-words.ts';
import { findingWords } from '../diagnosis/finding-words.ts';
import { english } from '../diagnosis/words.ts';
import type { Finding } from '../jobs/api.ts';
import type { ErrorFacts } from '../shared/errors.ts';
import type { CommandIo } from './command.ts';
import { terminalText } from './format.ts';

/** What happened, why, and the next step, in one line; the device's own words follow as evidence. `command` is what was run. */
export function failureText(facts: ErrorFacts, command: string): string {
  const { sentence, cause, next } = errorWords(facts, english, { job: command });
  const words = [sentence, cause, next].filter((part) => part !== '').join(' ');
  const evidence = [facts.code, facts.subject, facts.deviceText].filter((part) => part !== undefined && part !== '').join(': ');
  return terminalText(`${words} [${evidence}]`, 2000);
}

/** One line each on standard error, beside whatever the command says; for machines an object each among the events. */
export function showFindings(findings: readonly Finding[], { stdout, stderr }: Pick<CommandIo, 'stdout' | 'stderr'>, isJson = false): void {
  for (const finding of findings) {
    if (isJson) stdout.write(`${JSON.stringify({ type: 'finding', ...finding })}\n`);
    stderr.write(`${findingText(finding)}\n`);
  }
}

const marks = { blocker: 'STOP', warning: 'Warning', info: 'Note' } as const;

export function findingText(finding: Finding): string {
  const { sentence, next } = findingWords(finding, english);
  return terminalText([`${marks[finding.severity]}: ${sentence}`, next].filter((part) => part !== '').join(' '), 2000);
}
