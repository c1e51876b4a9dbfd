import { window } from 'vscode';
import type { MediaRequest } from '../../jobs/api.ts';
import { askOne } from '../pick/ask.ts';
import type { Choice } from '../pick/ask.ts';
import { pickFolder } from '../pick/pick-folder.ts';
import { askInSteps } from '../pick/steps.ts';
import type { Step } from '../pick/steps.ts';
import { isDay } from '../../selection/day.ts';
import { dayOf, daysAgo } from '../presenters/days.ts';
import { t } from '../wording.ts';

export type MediaWish = Pick<MediaRequest, 'folder' | 'after' | 'before'>;

type Period = 'all' | 'month' | 'year' | 'since';
type Place = 'library' | 'folder';

interface Draft {
  period: Period;
  place: Place;
}

/** Asks which photos and where to; `undefined` when cancelled. */
export async function askForMedia(): Promise<MediaWish | undefined> {
  const draft: Draft = { period: 'all', place: 'folder' };
  if (!(await askInSteps(t('Copy Photos and Videos'), [periodStep(draft), placeStep(draft)]))) return undefined;
  const after = draft.period === 'since' ? await askDay() : firstDay(draft.period);
  if (draft.period === 'since' && after === undefined) return undefined;
  if (draft.place === 'library') return { after };
  const folder = await pickFolder(t('Copy Here'));
  return folder === undefined ? undefined : { folder, after };
}

function firstDay(period: Period): string | undefined {
  const now = new Date();
  if (period === 'month') return daysAgo(now, 30);
  return period === 'year' ? dayOf(new Date(now.getFullYear(), 0, 1)) : undefined;
}

function periodStep(draft: Draft): Step {
  const choices: Choice<Period>[] = [
    { label: t('All photos and videos'), detail: t('What is in the folder already is skipped.'), value: 'all' },
    { label: t('Of the last 30 days'), value: 'month' },
    { label: t('Of this year'), value: 'year' },
    { label: t('Since a day…'), value: 'since' },
  ];
  return async (place) => {
    const answer = await askOne({ place, placeholder: t('Which photos and videos?'), choices, active: draft.period });
    if (answer.kind === 'answer') draft.period = answer.value;
    return answer.kind;
  };
}

function placeStep(draft: Draft): Step {
  const choices: Choice<Place>[] = [
    { label: t('To a folder of your choice…'), value: 'folder' },
    { label: t('Beside the backups'), detail: t('A folder of their own in the backup folder.'), value: 'library' },
  ];
  return async (place) => {
    const answer = await askOne({ place, placeholder: t('Where to? Dates, Live Photos and edited versions are kept as they are.'), choices, active: draft.place });
    if (answer.kind === 'answer') draft.place = answer.value;
    return answer.kind;
  };
}

async function askDay(): Promise<string | undefined> {
  return window.showInputBox({
    title: t('Copy Photos and Videos'),
    prompt: t('Since which day? As year-month-day, for example {example}.', { example: dayOf(new Date()) }),
    ignoreFocusOut: true,
    validateInput: (text) => (isDay(text) ? undefined : t('This is no day.')),
  });
}
