import { QuickPickItemKind, window } from 'vscode';
import type { QuickPick, QuickPickItem } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import type { PlanFacts } from '../../shared/plan-facts.ts';
import type { Selection, SelectionTerm } from '../../shared/selection.ts';
import { customChoices } from '../presenters/custom-choices.ts';
import type { CustomChoice } from '../presenters/custom-choices.ts';
import { deviceName } from '../presenters/device-words.ts';
import { withoutIcons } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

export interface Picked {
  readonly selection: Selection;
  readonly appNames: ReadonlyMap<string, string>;
}

interface TermItem extends QuickPickItem {
  readonly term?: SelectionTerm;
}

/** Asks for categories and apps; their sizes come into the list when they are known. `undefined` when cancelled or nothing was ticked. */
export async function pickSelection(services: Services, device: DeviceSummary): Promise<Picked | undefined> {
  const pick = window.createQuickPick<TermItem>();
  const name = deviceName(device, wording());
  pick.title = t('Custom Backup: what shall the backup of {name} hold?', { name });
  pick.placeholder = t('Tick categories and apps. The device still sends everything; the rest is discarded here.');
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  pick.items = itemsOf(undefined, device);
  let appNames: ReadonlyMap<string, string> = new Map();
  const sizes = new AbortController();
  void fillIn(services, device, pick, sizes.signal).then((names) => (appNames = names));
  const terms = await answerOf(pick);
  sizes.abort();
  pick.dispose();
  return terms.length > 0 ? { selection: { include: terms, exclude: [] }, appNames } : undefined;
}

function answerOf(pick: QuickPick<TermItem>): Promise<readonly SelectionTerm[]> {
  return new Promise((resolve) => {
    pick.onDidAccept(() => resolve(pick.selectedItems.flatMap(({ term }) => term ?? [])));
    pick.onDidHide(() => resolve([]));
    pick.show();
  });
}

/** The list stays as it is where the sizes cannot be had: they are an extra. */
async function fillIn(services: Services, device: DeviceSummary, pick: QuickPick<TermItem>, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  pick.busy = true;
  try {
    const password = await services.passwords.get(device.udid);
    const facts = await services.devices.engineOf(device.udid).planFacts({ udid: device.udid, password }, signal);
    if (signal.aborted) return new Map();
    const ticked = new Set(pick.selectedItems.map(({ term }) => JSON.stringify(term)));
    pick.items = itemsOf(facts, device);
    pick.selectedItems = pick.items.filter(({ term }) => term !== undefined && ticked.has(JSON.stringify(term)));
    return new Map(facts.apps.flatMap(({ bundleId, name }) => (name === undefined ? [] : [[bundleId, name]])));
  } catch (error) {
    if (!signal.aborted) services.log.error('Sizes for a custom backup', error);
    return new Map();
  } finally {
    if (!signal.aborted) pick.busy = false;
  }
}

function itemsOf(facts: PlanFacts | undefined, device: DeviceSummary): TermItem[] {
  const { categories, apps } = customChoices(facts, device.encryption === 'on', wording());
  const heading = (label: string): TermItem => ({ label, kind: QuickPickItemKind.Separator });
  const list = (label: string, choices: readonly CustomChoice[]): TermItem[] => (choices.length === 0 ? [] : [heading(label), ...choices.map(item)]);
  return [...list(t('Categories'), categories), ...list(t('Apps'), apps)];
}

function item({ name, note, term }: CustomChoice): TermItem {
  return { label: withoutIcons(name), description: withoutIcons(note), term };
}
