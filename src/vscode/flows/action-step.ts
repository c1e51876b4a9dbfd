import { commands } from 'vscode';
import type { DeviceSummary } from '../../device/types.ts';
import type { ErrorAction } from '../../diagnosis/error-words.ts';
import { command } from '../ids.ts';
import { actionTitle } from '../presenters/action-title.ts';
import { t } from '../wording.ts';

/** A button and what it does. */
export interface Step {
  readonly title: string;
  run(): Promise<unknown>;
}

export interface StepTarget {
  readonly device?: DeviceSummary | undefined;
  /** Does again what failed; without it that is no step. */
  readonly retry?: (() => Promise<unknown>) | undefined;
}

/** What software can do about an error; `undefined` where it cannot. */
export function actionStep(action: ErrorAction, { device, retry }: StepTarget): Step | undefined {
  const title = actionTitle(action, { t });
  const node = device && { kind: 'device', device };
  const open = (id: string, argument?: object): Step => ({ title, run: async () => commands.executeCommand(id, argument) });
  switch (action) {
    case 'retry':
      return retry && { title, run: retry };
    case 'pair':
      return open(command.pair, node);
    case 'choose-folder':
      return open(command.chooseFolder);
    case 'full-backup':
      return open(command.backUpNowFull, node);
    case 'verify':
      return open(command.verifyBackup);
    case 'show-jobs':
      return open(command.showJobs);
    case 'set-password':
      return open(command.setEncryption, node);
    case 'estimate':
      return open(command.estimateBackup, node);
  }
}
