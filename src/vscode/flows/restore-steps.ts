import type { DeviceSummary } from '../../device/types.ts';
import { askMany, askOne, askSecret } from '../pick/ask.ts';
import type { Choice, Remark } from '../pick/ask.ts';
import { isWrong, rememberStep } from '../pick/ask-password.ts';
import { deviceItem } from '../pick/pick-device.ts';
import { entriesNewestFirst, entryChoice } from '../pick/pick-entry.ts';
import type { Step } from '../pick/steps.ts';
import { foreignRow } from '../presenters/history-row.ts';
import { withoutIcons } from '../presenters/plain-text.ts';
import { defaultOptionNames, isEncrypted, isPart, mannerText, optionNames, optionText, sourceTitle, sourceUdid } from '../presenters/restore-model.ts';
import type { Manner, OptionName, RestoreSource } from '../presenters/restore-model.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

/** What the steps gather. */
export interface RestoreDraft {
  source: RestoreSource | undefined;
  device: DeviceSummary | undefined;
  manner: Manner;
  options: readonly OptionName[] | undefined;
  password: string | undefined;
  /** A remembered password may answer the question; not again after it proved wrong. */
  usesStored: boolean;
  remember: boolean;
}

interface Open {
  readonly asksSource: boolean;
  readonly asksDevice: boolean;
}

/** The steps in order; those whose answer is known are left out. The password comes last, as it may need no question. */
export function restoreSteps(services: Services, draft: RestoreDraft, { asksSource, asksDevice }: Open): Step[] {
  const needsPassword = asksSource || (draft.source !== undefined && isEncrypted(draft.source));
  return [
    ...(asksSource ? [sourceStep(services, draft)] : []),
    ...(asksDevice ? [deviceStep(services, draft)] : []),
    mannerStep(draft),
    optionStep(draft),
    ...(needsPassword ? [passwordStep(services, draft)] : []),
  ];
}

function sourceStep(services: Services, draft: RestoreDraft): Step {
  return async (place) => {
    const entries = entriesNewestFirst(services).map((entry): Choice<RestoreSource> => ({ ...entryChoice(entry), value: { kind: 'entry', entry } }));
    const foreign = (services.history.history?.foreign ?? []).filter(({ isFinished }) => isFinished).map(foreignChoice);
    const answer = await askOne({ place, placeholder: t('Which backup shall be restored?'), choices: [...entries, ...foreign] });
    if (answer.kind === 'answer') {
      draft.source = answer.value;
      draft.password = undefined;
    }
    return answer.kind;
  };
}

function foreignChoice(foreign: Extract<RestoreSource, { kind: 'foreign' }>['foreign']): Choice<RestoreSource> {
  const { label, description } = foreignRow(foreign, wording());
  return { label: withoutIcons(label), detail: withoutIcons(description), value: { kind: 'foreign', foreign } };
}

function deviceStep(services: Services, draft: RestoreDraft): Step {
  return async (place) => {
    const choices = services.devices.devices.map((device): Choice<string> => ({ ...deviceItem(device), value: device.udid }));
    const answer = await askOne({ place, placeholder: t('To which device? Its data will be replaced.'), choices, active: draft.device?.udid });
    if (answer.kind === 'answer') draft.device = services.devices.find(answer.value);
    return answer.kind;
  };
}

function mannerStep(draft: RestoreDraft): Step {
  return async (place) => {
    // What a part of a backup lacks is not a wish to lose it.
    if (draft.source && isPart(draft.source)) {
      draft.manner = 'keep';
      return 'skip';
    }
    const choices = (['keep', 'remove'] as const).map((manner): Choice<Manner> => ({ ...mannerText(manner, wording()), value: manner }));
    const answer = await askOne({ place, placeholder: t('What happens to what is on the device?'), choices, active: draft.manner });
    if (answer.kind === 'answer') draft.manner = answer.value;
    return answer.kind;
  };
}

function optionStep(draft: RestoreDraft): Step {
  return async (place) => {
    const choices = optionNames.map((name): Choice<OptionName> => ({ ...optionText(name, wording()), value: name }));
    const answer = await askMany({ place, placeholder: t('Options; the ticked ones are right for most.'), choices }, draft.options ?? defaultOptionNames());
    if (answer.kind === 'answer') draft.options = answer.value;
    return answer.kind;
  };
}

/** Asks only when the chosen backup is encrypted and its password is not remembered. */
export function passwordStep(services: Services, draft: RestoreDraft): Step {
  return async (place) => {
    const { source } = draft;
    if (!source || !isEncrypted(source)) return 'skip';
    if (draft.usesStored) draft.password = await services.passwords.get(sourceUdid(source));
    if (draft.password !== undefined) return 'skip';
    const title = sourceTitle(source, wording());
    const answer = await askSecret({
      place,
      prompt: draft.usesStored ? t('Password of the backup {backup}', { backup: title }) : t('That password did not open it. Password of the backup {backup}', { backup: title }),
      test: async (text) => (isNewest(services, source) && (await isWrong(services, sourceUdid(source), text)) ? doesNotOpen() : undefined),
    });
    if (answer.kind !== 'answer') return answer.kind;
    draft.password = answer.value;
    return rememberStep(draft)(place);
  };
}

function doesNotOpen(): Remark {
  return { text: t('This password does not open the backup.'), tone: 'error', blocks: true };
}

/** Whether the password can be tried here: the engine tries it on the newest encrypted backup of the device. */
function isNewest(services: Services, source: RestoreSource): boolean {
  if (source.kind === 'foreign') return false;
  const newest = entriesNewestFirst(services).find((entry) => entry.udid === source.entry.udid && entry.isEncrypted);
  return newest?.id === source.entry.id;
}
