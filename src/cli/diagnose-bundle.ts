import { writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { resolve } from 'node:path';
import { redactorHere } from '../diagnosis/bundle-redactor.ts';
import { bundleContents, bundleText, supportBundle, type BundleFile, type BundleParts } from '../diagnosis/support-bundle.ts';
import type { DiagnosisReport } from '../shared/diagnosis-report.ts';
import { askLine } from './question.ts';
import { UsageError } from './command.ts';
import type { Session } from './session.ts';

/** Shows what a support bundle holds and saves it; on a terminal only after a yes. Answers whether it was saved. */
export async function saveBundle(session: Session, report: DiagnosisReport, log: readonly string[], path: string): Promise<boolean> {
  const files = await bundleOf(session, report, log);
  session.io.stderr.write(`The bundle holds:\n${bundleContents(files)}\n`);
  if (session.io.stdin.isTTY === true && !(await isWanted(session))) return false;
  try {
    await writeFile(path, bundleText(files), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code = '' } = error as { readonly code?: string };
    throw new UsageError(code === 'EEXIST' ? `'${path}' is there already; give the bundle another name` : `'${path}' cannot be written (${code})`);
  }
  return true;
}

async function bundleOf({ engine, library }: Session, report: DiagnosisReport, log: readonly string[]): Promise<BundleFile[]> {
  const { entries = [], drafts = [], runs = [], foreign = [] } = (await engine.history().catch(() => undefined)) ?? {};
  const devices = await engine.devices().catch(() => []);
  const redactor = await redactorHere({ folders: [resolve(library)], devices, named: [...entries, ...drafts, ...foreign] });
  return supportBundle({ report, versions: versions(), log, history: { entries, drafts, runs }, redactor });
}

function versions(): BundleParts['versions'] {
  const { node, openssl, sqlite } = process.versions;
  return { program: 'iphone-backup', node, openssl, sqlite, system: `${process.platform} ${release()} ${process.arch}` };
}

async function isWanted({ io }: Session): Promise<boolean> {
  return /^y(es)?$/i.test((await askLine(io, io.stderr, 'This is all that the bundle holds. Save it? [y/N] ')).trim());
}
