import { existsSync } from 'node:fs';
import {
  deviceOf,
  figuresOf,
  isError,
  lineOf,
  matchDevices,
  parsePlan,
  problemText,
  selectionsToMeasure,
  validatePlan,
  type PlanDocument,
  type PlanFigures,
  type PlanProblem,
} from '../plans/index.ts';
import { EngineError } from '../shared/errors.ts';
import type { PlanFacts } from '../shared/plan-facts.ts';
import { english } from '../shared/words.ts';
import { exitCode } from './exit-codes.ts';
import { terminalText } from './format.ts';
import { defaultLibrary } from './options.ts';
import { libraryOf, readPlanText } from './plan-file.ts';
import { planGaps, type Known, type PlanGap } from './plan-gaps.ts';
import { withSession, type Session } from './session.ts';
import type { CommandIo } from './command.ts';
import { SecretReader } from './secrets.ts';

export interface CheckOptions {
  readonly library?: string | undefined;
  readonly muxer?: string | undefined;
  readonly json?: boolean | undefined;
  /** Look at the file only, not at devices and backups. */
  readonly offline: boolean;
  /** Open the last backup where it is encrypted. */
  readonly unlock: boolean;
}

/** Tells all that is wrong with a plan file; `exitCode.data` when there is an error among it. */
export async function checkPlan(path: string, options: CheckOptions, io: CommandIo): Promise<number> {
  const text = await readPlanText(path);
  const document = parsePlan(text);
  const library = libraryOf({ library: document.outline.library?.value }, options.library);
  // Opening a library makes it, and a check makes nothing.
  const isOffline = options.offline || !existsSync(library ?? defaultLibrary());
  return await withSession({ ...options, library }, io, async (session) => {
    const password = options.unlock && !isOffline ? await new SecretReader(io).read('Backup password') : undefined;
    const known = isOffline ? false : await knowledge(session, document, password);
    const problems = validatePlan(document, known || {});
    const found = problems.map((problem) => placed(text, problem));
    // Who wants to look at the file only knows what was not looked at.
    const unchecked = options.offline ? [] : planGaps(document, known);
    session.print({ file: path, problems: found, unchecked }, reportText(path, found, unchecked));
    return problems.some(isError) ? exitCode.data : exitCode.ok;
  });
}

function reportText(path: string, found: readonly PlacedProblem[], unchecked: readonly PlanGap[]): string {
  const lines = found.map((each) => lineFor(path, each));
  const gaps = unchecked.map(({ message }) => terminalText(`${path}: not checked: ${message}`, 2000));
  return [...(lines.length > 0 ? lines : [terminalText(`${path}: nothing to criticise`, 2000)]), ...gaps].join('\n');
}

interface PlacedProblem {
  readonly code: string;
  readonly severity: PlanProblem['severity'];
  readonly message: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

function placed(text: string, problem: PlanProblem): PlacedProblem {
  const end = lineOf(text, problem.range.end);
  return {
    code: `plan.${problem.code}`,
    severity: problem.severity,
    message: problemText(problem, english),
    ...lineOf(text, problem.range.start),
    endLine: end.line,
    endColumn: end.column,
  };
}

const lineFor = (path: string, { line, column, severity, message, code }: PlacedProblem): string =>
  terminalText(`${path}:${line}:${column}: ${severity}: ${message} [${code}]`, 2000);

/** What the library and the connected devices tell; `undefined` for a library that cannot be read. */
async function knowledge({ engine, io }: Session, document: PlanDocument, password: string | undefined): Promise<Known> {
  try {
    const udid = await udidOf(engine, document, io.signal);
    const facts = await engine.planFacts({ udid, password }, io.signal);
    const { entries } = await engine.history();
    const ofDevice = entries.filter((entry) => udid === undefined || entry.udid === udid);
    return { facts, figures: await figures(engine, document, facts, password), entries: ofDevice, isLocked: password === undefined };
  } catch (error) {
    if (error instanceof EngineError && (error.kind === 'host' || error.kind === 'data') && password === undefined) return undefined;
    throw error;
  }
}

async function udidOf(engine: Session['engine'], { outline }: PlanDocument, signal: AbortSignal): Promise<string | undefined> {
  const wanted = deviceOf(outline);
  if (wanted === undefined) return undefined;
  const [history, devices] = await Promise.all([engine.history(), engine.devices(signal).catch(() => [])]);
  const past = history.entries.map(({ udid, deviceName }) => ({ udid, name: deviceName }));
  return matchDevices(wanted, [...devices.map(({ udid, name }) => ({ udid, name })), ...past])[0]?.udid ?? wanted;
}

type Figures = PlanFigures | undefined;

async function figures(engine: Session['engine'], document: PlanDocument, { from }: PlanFacts, password: string | undefined): Promise<Figures> {
  if (!from) return undefined;
  const entry = { udid: from.udid, id: from.id };
  const sizes = await engine.measureSelections({ entry, password, selections: selectionsToMeasure(document) });
  return figuresOf(document, sizes);
}
