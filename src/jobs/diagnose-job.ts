import { setTimeout as sleep } from 'node:timers/promises';
import { checks as allChecks } from '../diagnosis/checks/check-list.ts';
import { writingChecks, type Check } from '../diagnosis/checks/check.ts';
import type { CheckPorts } from '../diagnosis/checks/ports.ts';
import { resultOf, runChecks } from '../diagnosis/checks/run-checks.ts';
import { quietChecks } from '../diagnosis/device-status.ts';
import { diagnoseFailure, rankFindings } from '../diagnosis/ranking.ts';
import { mergeEntries, MuxClient, type MuxDevice } from '../device/index.ts';
import { Library, NodeFileSystem, type FileSystem } from '../library/index.ts';
import type { CheckResult, DiagnosisReport, FailedRun } from '../shared/diagnosis-report.ts';
import type { DiagnosisRequest, EngineOptions, JobRun } from './api.ts';
import { diskPort } from './diagnose-disk.ts';
import { nextBackup } from './diagnose-estimate.ts';
import { libraryPort } from './diagnose-library.ts';
import { phonePort } from './diagnose-phone.ts';
import { once } from './once.ts';
import { noteDiagnosis } from './run-notes.ts';
import { usbBus } from './usb-bus.ts';

/** A disk that hangs keeps nobody from the report longer than this, ms. */
const diskPatience = 2000;

/** More devices than this at once are not looked at. */
const maxDevices = 8;

/** Looks at what is connected and at the library; reports a `diagnosis` event after each check. */
export async function diagnose(
  options: EngineOptions,
  request: DiagnosisRequest,
  run: JobRun,
  fs: FileSystem = new NodeFileSystem(),
): Promise<DiagnosisReport> {
  const attachments = once(async () => await MuxClient.at(options.muxer).list(run.signal));
  const targets = request.udid === undefined ? await connected(attachments) : [request.udid];
  const diagnosis = new Diagnosis(request, run);
  const folder = { disk: diskPort(options.library, fs, mayWrite(request)), attachments };
  const rounds = (targets.length === 0 ? [undefined] : targets).map((udid, index) => {
    const chosen = checksOf(request, index);
    const phone = udid === undefined ? undefined : phonePort({ udid, muxer: options.muxer, signal: run.signal });
    const library = libraryPort({ folder: options.library, fs, udid, signal: run.signal });
    const next = nextBackup({ folder: options.library, fs, muxer: options.muxer, udid, signal: run.signal, means: isInHaste(request) ? 'history' : 'reading' });
    return diagnosis.round(chosen, { ...folder, ...machine, now: new Date(), phone, library, nextBackup: next, password: request.password, failed: request.failed }, phone);
  });
  try {
    await Promise.all(rounds);
    return diagnosis.report(true);
  } finally {
    // Who gave up waiting keeps what was found by then.
    const [only, ...others] = targets;
    if (only !== undefined && others.length === 0 && request.failed) await keepDiagnosis({ folder: options.library, fs, udid: only }, request.failed, diagnosis);
  }
}

/** What is known of a failed run stands in its note, for the history. */
async function keepDiagnosis({ folder, fs, udid }: { readonly folder: string; readonly fs: FileSystem; readonly udid: string }, failed: FailedRun, diagnosis: Diagnosis): Promise<void> {
  if (failed.error.kind === 'cancelled') return;
  const keep = async (): Promise<void> => {
    if (await fs.stat(folder)) await noteDiagnosis(await Library.open(folder, fs), udid, failed, diagnosis.report(false).ranked);
  };
  await Promise.race([keep().catch(() => undefined), sleep(diskPatience, undefined, { ref: false })]);
}

/** A muxer that is not there is the finding of a check. */
async function connected(attachments: () => Promise<readonly MuxDevice[]>): Promise<string[]> {
  const devices = await attachments().catch(() => []);
  return mergeEntries(devices).slice(0, maxDevices).map(({ udid }) => udid);
}

/** The checks that are asked for, with those that they build on; what concerns no device runs once. */
function checksOf({ checks: wanted }: DiagnosisRequest, round: number): readonly Check[] {
  const needed = new Set<string>();
  const add = (id: string): void => {
    const check = allChecks.find((each) => each.id === id);
    if (!check || needed.has(id)) return;
    needed.add(id);
    if (check.after !== undefined) add(check.after);
  };
  for (const id of wanted ?? allChecks.map((check) => check.id)) add(id);
  return allChecks.filter((check) => needed.has(check.id) && (round === 0 || isOfDevice(check)));
}

/** Who chose checks that only look has nothing written to the disk, though others stand before them; after a failure everybody wants to know. */
const mayWrite = ({ checks, failed }: DiagnosisRequest): boolean => checks === undefined || failed !== undefined || checks.some((id) => writingChecks.has(id));

/** Nobody asked, or somebody waits to hear why something failed. */
const isInHaste = ({ checks, failed }: DiagnosisRequest): boolean => failed !== undefined || (checks !== undefined && quietChecks.every((id) => checks.includes(id)));

const isOfDevice = ({ id, group }: Check): boolean => group !== 'computer' && id !== 'muxer';

/** Collects results in the order of the checks, and tells after each. */
class Diagnosis {
  readonly #request: DiagnosisRequest;
  readonly #run: JobRun;
  readonly #at = new Date();
  readonly #results = new Map<string, CheckResult>();
  #iosVersion: string | undefined;

  constructor(request: DiagnosisRequest, run: JobRun) {
    this.#request = request;
    this.#run = run;
  }

  async round(checks: readonly Check[], ports: CheckPorts, phone: { close(): Promise<void> } | undefined): Promise<void> {
    const key = ({ check }: Pick<CheckResult, 'check'>): string => `${ports.phone?.udid ?? ''} ${check}`;
    for (const check of checks) this.#results.set(key({ check: check.id }), resultOf(check, ports));
    const onResult = (result: CheckResult): void => {
      this.#results.set(key(result), result);
      this.#run.listener({ type: 'diagnosis', report: this.report(false) });
    };
    try {
      await runChecks(checks, ports, { signal: this.#run.signal, onResult });
      const summary = await ports.phone?.summary().catch(() => undefined);
      this.#iosVersion ??= summary?.iosVersion;
    } finally {
      await phone?.close();
    }
  }

  report(isComplete: boolean): DiagnosisReport {
    const checks = [...this.#results.values()];
    const { failed, udid } = this.#request;
    const ranked = failed ? diagnoseFailure(failed, checks) : rankFindings(checks);
    return { at: this.#at, udid: udid ?? checks.find((check) => check.udid !== undefined)?.udid, iosVersion: this.#iosVersion, isComplete, checks, ranked };
  }
}

/** What of this computer no port of a device or disk knows. */
const machine: Pick<CheckPorts, 'platform' | 'usbDevices' | 'portSpeed'> = { platform: process.platform, ...usbBus() };
