import { window } from 'vscode';
import { confirmDanger } from '../confirm.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Stops the virtual iPhones; what is in Backup History stays. */
export async function disconnectVirtual(services: Services): Promise<void> {
  if (services.virtualPhones.count === 0) {
    void window.showInformationMessage(t('No virtual iPhone is connected.'));
    return;
  }
  const isBusy = services.jobs.jobs.some(({ isVirtual }) => isVirtual);
  if (isBusy && !(await confirmPulling())) return;
  await services.virtualPhones.disconnect();
}

function confirmPulling(): Promise<boolean> {
  return confirmDanger({
    question: t('Disconnect the virtual iPhone in the middle of a job?'),
    detail: t('The job fails, as if the cable had been pulled. That is a fair thing to try: what has arrived is kept.'),
    stay: t('Wait'),
    action: t('Disconnect'),
  });
}
