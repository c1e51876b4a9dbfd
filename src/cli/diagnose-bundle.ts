import { writeFile } from 'node:fs/promises';
import { homedir, hostname, release, userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { bundleContents, bundleText, supportBundle, type BundleFile } from '../diagnosis/support-bundle.ts';
import type { DiagnosisReport } from '../shared/diagnosis-report.ts';
import { hostError } from '../shared/errors.ts';
import { Redactor } from '../shared/redaction.ts';
import type { Session } from './session.ts';

/** Shows what a support bundle holds and saves it; on a terminal only after a yes. Answers whether it was saved. */
export async function saveBundle(session: Session, report: DiagnosisReport, log: readonly string[], path: string): Promise<boolean> {
  const files = await bundleOf(session, report, log);
  session.io.stderr.write(`The bundle holds:\n${bundleContents(files)}\n`);
  if (session.io.stdin.isTTY === true && !(await isWanted(session))) return false;
  try {
    await writeFile(path, bundleText(files), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw hostError(error, path);
  }
  return true;
}

async function bundleOf(session: Session, report: DiagnosisReport, log: readonly string[]): Promise<BundleFile[]> {
  const redactor = await redactorFor(session);
  const { entries = [], drafts = [], runs = [], foreign = [] } = (await session.engine.history().catch(() => undefined)) ?? {};
  for (const { deviceName } of [...entries, ...drafts, ...foreign]) redactor.hide(deviceName, '‹name›');
  const versions = { node: process.version, system: `${process.platform} ${release()} ${process.arch}` };
  return supportBundle({ report, versions, log, history: { entries, drafts, runs }, redactor });
}

async function redactorFor({ engine }: Session): Promise<Redactor> {
  const redactor = new Redactor(homedir());
  const devices = await engine.devices().catch(() => []);
  for (const [index, device] of devices.entries()) {
    redactor.hide(device.name, `‹device ${index + 1}›`);
    redactor.hide(device.serialNumber, '‹serial›');
  }
  redactor.hide(userInfo().username, '‹user›');
  redactor.hide(hostname(), '‹computer›');
  return redactor;
}

async function isWanted({ io }: Session): Promise<boolean> {
  const lines = createInterface({ input: io.stdin, output: io.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question('This is all that the bundle holds. Save it? [y/N] ', { signal: io.signal })).trim());
  } finally {
    lines.close();
  }
}
