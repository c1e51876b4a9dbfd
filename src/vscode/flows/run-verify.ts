import { window, workspace } from 'vscode';
import type { VerifyReport } from '../../jobs/api.ts';
import type { HistoryEntry } from '../../library/types.ts';
import { entryTitle, refOf } from '../pick/pick-entry.ts';
import { damageReport, verifiedText } from '../presenters/verify-words.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import { reportFailure } from './report-failure.ts';

/** Verifies one entry, or all when `entry` is absent; an encrypted one is also unlocked where its password is remembered. */
export async function runVerify(services: Services, entry: HistoryEntry | undefined): Promise<void> {
  const password = entry?.isEncrypted === true ? await services.passwords.get(entry.udid) : undefined;
  const level = password === undefined ? 'bytes' : 'unlock';
  const outcome = await services.jobs.run({
    kind: 'verify',
    subject: entry ? entryTitle(entry) : t('all backups'),
    run: async (run) => (await services.hub.main()).verify({ entry: entry && refOf(entry), level, password }, run),
  });
  await services.history.refresh();
  if (outcome.ok) await report(outcome.value);
  else await reportFailure(services, outcome.error, { kind: 'verify', retry: () => runVerify(services, entry) });
}

async function report(result: VerifyReport): Promise<void> {
  const text = withoutLinks(verifiedText(result, wording()));
  if (result.entries.every(({ record }) => record.result === 'good')) {
    void window.showInformationMessage(text);
    return;
  }
  const show = t('Show Damage');
  if ((await window.showErrorMessage(text, show)) !== show) return;
  const content = damageReport(result, wording());
  await window.showTextDocument(await workspace.openTextDocument({ content, language: 'plaintext' }));
}
