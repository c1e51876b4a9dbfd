import { window } from 'vscode';
import type { DraftEntry } from '../../library/types.ts';
import { draftRow } from '../presenters/history-row.ts';
import { nodeArgument } from '../presenters/nodes.ts';
import { plainText, withoutIcons } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

type Filter = (draft: DraftEntry) => boolean;

/** The draft of the row that the command was called on, the only interrupted one, or the one picked. */
export async function pickDraft(services: Services, argument: unknown, title: string, accepts: Filter = () => true): Promise<DraftEntry | undefined> {
  const node = nodeArgument(argument, 'draft');
  if (node) return node.draft;
  await services.history.refresh();
  const drafts = (services.history.history?.drafts ?? []).filter((draft) => !draft.isRunning && accepts(draft));
  if (drafts.length === 0) {
    void window.showInformationMessage(t('There is no interrupted backup.'));
    return undefined;
  }
  if (drafts.length === 1) return drafts[0];
  const items = drafts.map((draft) => ({
    label: withoutIcons(plainText(draft.deviceName, 60)),
    description: withoutIcons(draftRow(draft, wording()).description),
    draft,
  }));
  return (await window.showQuickPick(items, { title, placeHolder: t('Which interrupted backup?') }))?.draft;
}
