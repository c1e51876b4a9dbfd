import type { Engine } from '../jobs/api.ts';
import type { RunWitness } from '../jobs/run-witness.ts';
import type { DiagnosisReport } from '../shared/diagnosis-report.ts';
import { EngineError } from '../shared/errors.ts';
import type { JobListener } from '../shared/job-events.ts';
import type { CommandIo } from './command.ts';

/** A command in the middle of whose work something failed. */
interface Failing {
  readonly engine: Engine;
  readonly io: CommandIo;
  readonly witness: RunWitness;
  readonly chosen: string | undefined;
}

/** Commands that work with a device: their failures are looked into. */
const diagnosed: ReadonlySet<string> = new Set(['backup', 'restore', 'pair', 'encryption', 'estimate', 'media']);

/** What was asked for cannot be: device, computer and disk have no part in that, and the error says it all. */
const ownWords: ReadonlySet<string> = new Set(['data.plan', 'data.selection', 'data.selection-void', 'data.selection-empty', 'data.needs-encryption']);

/** Nobody waits longer than this for an explanation, ms. */
const patience = 25_000;

const reports = new WeakMap<object, DiagnosisReport>();

/** What was found out about the failure of a command. */
export const diagnosisOf = (error: unknown): DiagnosisReport | undefined => (error instanceof EngineError ? reports.get(error) : undefined);

/** Looks around after a failure; of a cancelled run only whether the backup is there all the same. Never rejects. */
export async function diagnoseFailed({ engine, io, witness, chosen }: Failing, error: unknown, udid: string | undefined): Promise<void> {
  if (!(error instanceof EngineError) || !diagnosed.has(io.command ?? '') || ownWords.has(error.code)) return;
  const failed = witness.failed(io.command ?? '', error);
  const checks = error.kind === 'cancelled' ? ['last-run'] : undefined;
  // What was found out until then stands, also where a check does not end.
  const listener: JobListener = (event) => event.type === 'diagnosis' && reports.set(error, event.report);
  const run = { signal: AbortSignal.timeout(patience), listener };
  const report = await engine.diagnose({ udid: udid ?? chosen, failed, checks }, run).catch(() => undefined);
  if (report) reports.set(error, report);
}
