import { window } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import type { Finding, RestoreRequest } from '../../jobs/api.ts';
import { errorFacts } from '../../shared/errors.ts';
import { view } from '../ids.ts';
import { explainNoDevice } from '../pick/explain-no-device.ts';
import { refOf } from '../pick/pick-entry.ts';
import { askInSteps } from '../pick/steps.ts';
import { deviceName } from '../presenters/device-words.ts';
import { findingLine } from '../presenters/finding-line.ts';
import { restoreDoneText } from '../presenters/outcome-words.ts';
import { withoutLinks } from '../presenters/plain-text.ts';
import { restoreOptions, restoreQuestion, sourceUdid } from '../presenters/restore-model.ts';
import type { RestoreSource } from '../presenters/restore-model.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import { ensureTrust } from './ensure-trust.ts';
import { reportFailure } from './report-failure.ts';
import { passwordStep, restoreSteps } from './restore-steps.ts';
import type { RestoreDraft } from './restore-steps.ts';

export interface RestoreStart {
  readonly source: RestoreSource | undefined;
  readonly device: DeviceSummary | undefined;
}

type ReadyDraft = RestoreDraft & { source: RestoreSource; device: DeviceSummary };

/** Everything that leads to a restore: questions, findings, the last question; then the restore itself and how it ended. */
export async function restore(services: Services, start: RestoreStart): Promise<void> {
  const devices = await services.devices.ready();
  await services.history.refresh();
  if (devices.length === 0) {
    await explainNoDevice(services);
    return;
  }
  const device = start.device ?? (devices.length === 1 ? devices[0] : undefined);
  const draft: RestoreDraft = { source: start.source, device, manner: 'keep', options: undefined, password: undefined, usesStored: true, remember: false };
  await converse(services, draft, { source: start.source, device });
}

async function converse(services: Services, draft: RestoreDraft, start: RestoreStart): Promise<void> {
  const steps = restoreSteps(services, draft, { asksSource: start.source === undefined, asksDevice: start.device === undefined });
  if (await askInSteps(t('Restore Backup'), steps)) await checkAndRun(services, draft, start);
}

async function checkAndRun(services: Services, draft: RestoreDraft, start: RestoreStart): Promise<void> {
  if (!isReady(draft)) return;
  if (!(await ensureTrust(services, draft.device))) return;
  const request = requestOf(draft);
  const findings = await preflight(services, draft, request);
  if (!findings) return;
  if (draft.usesStored && isPasswordWrong(findings)) {
    await askOtherPassword(services, draft, start);
    return;
  }
  const decision = await decide(draft, request, findings);
  if (decision === 'back') await converse(services, withoutWrongPassword(draft, findings), start);
  if (decision === 'restore') await run(services, draft, request);
}

function isReady(draft: RestoreDraft): draft is ReadyDraft {
  return draft.source !== undefined && draft.device !== undefined;
}

const isPasswordWrong = (findings: readonly Finding[]): boolean =>
  findings.some(({ code }) => code === 'restore.password-wrong' || code === 'restore.password-missing');

/** A password that did not open the backup is asked for again. */
function withoutWrongPassword(draft: RestoreDraft, findings: readonly Finding[]): RestoreDraft {
  return isPasswordWrong(findings) ? { ...draft, password: undefined, usesStored: false } : draft;
}

/** The remembered password belongs to another time of the device: only this question comes again. */
async function askOtherPassword(services: Services, draft: RestoreDraft, start: RestoreStart): Promise<void> {
  const next: RestoreDraft = { ...draft, password: undefined, usesStored: false };
  if (await askInSteps(t('Restore Backup'), [passwordStep(services, next)])) await checkAndRun(services, next, start);
}

function requestOf({ source, device, manner, options, password }: ReadyDraft): RestoreRequest {
  return {
    source: source.kind === 'entry' ? refOf(source.entry) : { folder: source.foreign.folder },
    udid: device.udid,
    password,
    options: restoreOptions(manner, options ?? []),
  };
}

async function preflight(services: Services, draft: ReadyDraft, request: RestoreRequest): Promise<readonly Finding[] | undefined> {
  try {
    const engine = services.devices.engineOf(draft.device.udid);
    return await window.withProgress({ location: { viewId: view.devices }, title: t('Checking before the restore') }, () => engine.preflightRestore(request));
  } catch (error) {
    services.log.error('Checks before a restore', error);
    await reportFailure(services, errorFacts(error), { kind: 'restore', device: draft.device });
    return undefined;
  }
}

/** The findings and the last question. What blocks a restore ends it here. */
async function decide(draft: ReadyDraft, request: RestoreRequest, findings: readonly Finding[]): Promise<'restore' | 'back' | 'stop'> {
  const w = wording();
  const name = deviceName(draft.device, w);
  const blockers = findings.filter(({ severity }) => severity === 'blocker');
  if (blockers.length > 0) {
    const detail = blockers.map((finding) => `• ${findingLine(finding, w)}`).join('\n\n');
    const back = t('Go Back');
    const answer = await window.showErrorMessage(t('{name} cannot be restored from this backup yet.', { name }), { modal: true, detail }, back);
    return answer === back ? 'back' : 'stop';
  }
  const plan = { source: draft.source, deviceName: name, isVirtual: draft.device.isVirtual, options: request.options };
  const { question, detail } = restoreQuestion(plan, findings, w);
  return lastQuestion(question, detail);
}

/** The first button has the focus, so it is one that does no harm. */
async function lastQuestion(question: string, detail: string): Promise<'restore' | 'back' | 'stop'> {
  const back = t('Go Back');
  const go = t('Restore');
  const answer = await window.showWarningMessage(question, { modal: true, detail }, back, go);
  return answer === go ? 'restore' : answer === back ? 'back' : 'stop';
}

async function run(services: Services, draft: ReadyDraft, request: RestoreRequest): Promise<void> {
  const { device, source } = draft;
  const outcome = await services.jobs.run({
    kind: 'restore',
    udid: device.udid,
    subject: deviceName(device, wording()),
    isVirtual: device.isVirtual,
    run: async (job) => services.devices.engineOf(device.udid).restore(request, job),
  });
  await services.history.refresh();
  if (!outcome.ok) {
    await reportFailure(services, outcome.error, { ...outcome, kind: 'restore', device, retry: () => restore(services, { source, device }) });
    return;
  }
  if (draft.remember && request.password !== undefined) await services.passwords.remember(sourceUdid(source), request.password);
  void window.showInformationMessage(withoutLinks(restoreDoneText(deviceName(device, wording()), outcome.value, wording())));
}
