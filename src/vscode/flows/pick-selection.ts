import { QuickPickItemKind, ThemeIcon, window } from 'vscode';
import type { Disposable, QuickPick, QuickPickItem } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import type { PlanFacts } from '../../shared/plan-facts.ts';
import type { Selection, SelectionTerm } from '../../shared/selection.ts';
import { customChoices } from '../presenters/custom-choices.ts';
import type { CustomChoice } from '../presenters/custom-choices.ts';
import { deviceName } from '../presenters/device-words.ts';
import { withoutIcons } from '../presenters/plain-text.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import { writeSelection } from './write-selection.ts';

export interface Picked {
  readonly selection: Selection;
  readonly appNames: ReadonlyMap<string, string>;
}

interface TermItem extends QuickPickItem {
  readonly term?: SelectionTerm;
  /** Leads to a box to write the selection in; it never stays ticked. */
  readonly writes?: boolean;
}

/** What is ticked, and whether to go on with it in writing. */
interface Ticked {
  readonly terms: readonly SelectionTerm[];
  readonly writes: boolean;
}

/** Asks for categories and apps, or for a selection in writing; their sizes come into the list when they are known. `undefined` when cancelled or nothing was ticked. */
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
  const selection = await selectionFrom(pick);
  sizes.abort();
  pick.dispose();
  return selection && { selection, appNames };
}

/** The list comes again, as it was, when one goes back from writing. */
async function selectionFrom(pick: QuickPick<TermItem>): Promise<Selection | undefined> {
  for (;;) {
    const { terms, writes } = await ticksOf(pick);
    if (!writes) return terms.length > 0 ? { include: terms, exclude: [] } : undefined;
    pick.hide();
    const written = await writeSelection(t('Custom Backup'), terms);
    if (written.kind !== 'back') return written.kind === 'answer' ? written.value : undefined;
    // The editor forgets the lines of a list that was hidden.
    pick.value = '';
    fill(pick, [...pick.items], terms);
  }
}

function ticksOf(pick: QuickPick<TermItem>): Promise<Ticked> {
  return new Promise((resolve) => {
    const listeners: Disposable[] = [];
    const settle = (ticked: Ticked): void => {
      for (const listener of listeners) listener.dispose();
      resolve(ticked);
    };
    let before = pick.selectedItems.length;
    listeners.push(
      pick.onDidChangeSelection((selected) => {
        // The box that ticks all of the list says nothing about this line.
        const isAlone = selected.length === before + 1;
        before = selected.length;
        if (!selected.some(({ writes }) => writes)) return;
        pick.selectedItems = selected.filter(({ writes }) => !writes);
        before = pick.selectedItems.length;
        if (isAlone) settle({ terms: tickedOf(pick), writes: true });
      }),
      pick.onDidAccept(() => settle({ terms: tickedOf(pick), writes: pick.activeItems.some(({ writes }) => writes) })),
      pick.onDidHide(() => settle({ terms: [], writes: false })),
    );
    pick.show();
  });
}

const tickedOf = (pick: QuickPick<TermItem>): SelectionTerm[] => pick.selectedItems.flatMap(({ term }) => term ?? []);

function fill(pick: QuickPick<TermItem>, items: readonly TermItem[], terms: readonly SelectionTerm[]): void {
  const ticked = new Set(terms.map((term) => JSON.stringify(term)));
  pick.items = items;
  pick.selectedItems = items.filter(({ term }) => term !== undefined && ticked.has(JSON.stringify(term)));
}

/** The list stays as it is where the sizes cannot be had: they are an extra. */
async function fillIn(services: Services, device: DeviceSummary, pick: QuickPick<TermItem>, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  pick.busy = true;
  try {
    const password = await services.passwords.get(device.udid);
    const facts = await services.devices.engineOf(device.udid).planFacts({ udid: device.udid, password }, signal);
    if (signal.aborted) return new Map();
    fill(pick, itemsOf(facts, device), tickedOf(pick));
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
  const writing: TermItem = { label: t('Write It Yourself…'), iconPath: new ThemeIcon('edit'), writes: true };
  return [...list(t('Categories'), categories), ...list(t('Apps'), apps), heading(t('Paths, sizes, dates, exceptions')), writing];
}

function item({ name, note, term }: CustomChoice): TermItem {
  return { label: withoutIcons(name), description: withoutIcons(note), term };
}
