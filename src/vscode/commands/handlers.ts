import { command } from '../ids.ts';
import type { CommandId } from '../ids.ts';
import type { CommandHandler } from '../services.ts';
import { backUpNow } from './back-up-now.ts';
import { backUpNowFull } from './back-up-now-full.ts';
import { backUpPlan } from './back-up-plan.ts';
import { cancel } from './cancel.ts';
import { changeEncryption } from './change-encryption.ts';
import { chooseFolder } from './choose-folder.ts';
import { clearHistoryFilter } from './clear-history-filter.ts';
import { connectSecondVirtual } from './connect-second-virtual.ts';
import { connectVirtual } from './connect-virtual.ts';
import { copyIdentifier } from './copy-identifier.ts';
import { copyMedia } from './copy-media.ts';
import { customBackup } from './custom-backup.ts';
import { deleteBackup } from './delete-backup.ts';
import { diagnose } from './diagnose.ts';
import { discardDraft } from './discard-draft.ts';
import { disconnectVirtual } from './disconnect-virtual.ts';
import { emptyTrash } from './empty-trash.ts';
import { encryptedBackup } from './encrypted-backup.ts';
import { estimateBackup } from './estimate-backup.ts';
import { estimatePlan } from './estimate-plan.ts';
import { explainFailures } from './explain-failures.ts';
import { exportBackup } from './export-backup.ts';
import { filterHistory } from './filter-history.ts';
import { forgetPassword } from './forget-password.ts';
import { importBackup } from './import-backup.ts';
import { lockBackup } from './lock-backup.ts';
import { newPlan } from './new-plan.ts';
import { pair } from './pair.ts';
import { refresh } from './refresh.ts';
import { restoreBackup } from './restore-backup.ts';
import { resumeBackup } from './resume-backup.ts';
import { revealBackup } from './reveal-backup.ts';
import { setEncryption } from './set-encryption.ts';
import { showDetails } from './show-details.ts';
import { showJobs } from './show-jobs.ts';
import { showLog } from './show-log.ts';
import { turnOffEncryption } from './turn-off-encryption.ts';
import { undoDelete } from './undo-delete.ts';
import { unlockBackup } from './unlock-backup.ts';
import { verifyBackup } from './verify-backup.ts';

/** The handler of every command of the manifest. */
export const handlers: Readonly<Record<CommandId, CommandHandler>> = {
  [command.backUpNow]: backUpNow,
  [command.backUpNowFull]: backUpNowFull,
  [command.encryptedBackup]: encryptedBackup,
  [command.setEncryption]: setEncryption,
  [command.changeEncryption]: changeEncryption,
  [command.turnOffEncryption]: turnOffEncryption,
  [command.restoreBackup]: restoreBackup,
  [command.resumeBackup]: resumeBackup,
  [command.discardDraft]: discardDraft,
  [command.estimateBackup]: estimateBackup,
  [command.customBackup]: customBackup,
  [command.copyMedia]: copyMedia,
  [command.newPlan]: newPlan,
  [command.backUpPlan]: backUpPlan,
  [command.estimatePlan]: estimatePlan,
  [command.diagnose]: diagnose,
  [command.explainFailures]: explainFailures,
  [command.cancel]: cancel,
  [command.showJobs]: showJobs,
  [command.verifyBackup]: verifyBackup,
  [command.deleteBackup]: deleteBackup,
  [command.undoDelete]: undoDelete,
  [command.emptyTrash]: emptyTrash,
  [command.exportBackup]: exportBackup,
  [command.importBackup]: importBackup,
  [command.lockBackup]: lockBackup,
  [command.unlockBackup]: unlockBackup,
  [command.revealBackup]: revealBackup,
  [command.showDetails]: showDetails,
  [command.copyIdentifier]: copyIdentifier,
  [command.chooseFolder]: chooseFolder,
  [command.connectVirtual]: connectVirtual,
  [command.connectSecondVirtual]: connectSecondVirtual,
  [command.disconnectVirtual]: disconnectVirtual,
  [command.pair]: pair,
  [command.forgetPassword]: forgetPassword,
  [command.showLog]: showLog,
  [command.refresh]: refresh,
  [command.filterHistory]: filterHistory,
  [command.clearHistoryFilter]: clearHistoryFilter,
};
