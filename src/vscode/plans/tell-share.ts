import { window } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import type { Plan } from '../../plans/index.ts';
import { EngineError } from '../../shared/errors.ts';
import { sizeText } from '../presenters/figures.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';

/** Says what the plan's choice took of the device's last backup, where that can be opened; the panel shows the whole. */
export async function tellShare(services: Services, { udid }: DeviceSummary, { selection }: Plan): Promise<void> {
  if (selection.include.length === 0 && selection.exclude.length === 0) return;
  await services.history.load();
  const entries = services.history.entries(udid);
  const last = entries.find(({ kind }) => kind !== 'custom');
  if (!last) return;
  try {
    const engine = await services.hub.main();
    const password = last.isEncrypted ? await services.passwords.get(udid) : undefined;
    const [size] = await engine.measureSelections({ entry: { udid, id: last.id }, password, selections: [selection] });
    if (!size) return;
    const w = wording();
    const figures = { size: sizeText(size.bytes, w), files: size.files, whole: sizeText(last.size, w) };
    void window.showInformationMessage(t('The plan takes {size} in {files} files of the last backup, which has {whole}.', figures));
  } catch (error) {
    // Encrypted, and its password is not remembered: the panel asks for it.
    if (!(error instanceof EngineError && error.kind === 'data')) throw error;
  }
}
