/* Ids that `package.json` and the code share; a unit test compares both in both directions. */

export const command = {
  backUpNow: 'iphoneBackup.backUpNow',
  backUpNowFull: 'iphoneBackup.backUpNowFull',
  encryptedBackup: 'iphoneBackup.encryptedBackup',
  setEncryption: 'iphoneBackup.setEncryption',
  changeEncryption: 'iphoneBackup.changeEncryption',
  turnOffEncryption: 'iphoneBackup.turnOffEncryption',
  restoreBackup: 'iphoneBackup.restoreBackup',
  resumeBackup: 'iphoneBackup.resumeBackup',
  discardDraft: 'iphoneBackup.discardDraft',
  estimateBackup: 'iphoneBackup.estimateBackup',
  customBackup: 'iphoneBackup.customBackup',
  copyMedia: 'iphoneBackup.copyMedia',
  newPlan: 'iphoneBackup.newPlan',
  backUpPlan: 'iphoneBackup.backUpPlan',
  estimatePlan: 'iphoneBackup.estimatePlan',
  diagnose: 'iphoneBackup.diagnose',
  explainFailures: 'iphoneBackup.explainFailures',
  cancel: 'iphoneBackup.cancel',
  showJobs: 'iphoneBackup.showJobs',
  verifyBackup: 'iphoneBackup.verifyBackup',
  deleteBackup: 'iphoneBackup.deleteBackup',
  undoDelete: 'iphoneBackup.undoDelete',
  emptyTrash: 'iphoneBackup.emptyTrash',
  exportBackup: 'iphoneBackup.exportBackup',
  importBackup: 'iphoneBackup.importBackup',
  lockBackup: 'iphoneBackup.lockBackup',
  unlockBackup: 'iphoneBackup.unlockBackup',
  revealBackup: 'iphoneBackup.revealBackup',
  showDetails: 'iphoneBackup.showDetails',
  copyIdentifier: 'iphoneBackup.copyIdentifier',
  chooseFolder: 'iphoneBackup.chooseFolder',
  connectVirtual: 'iphoneBackup.connectVirtual',
  connectSecondVirtual: 'iphoneBackup.connectSecondVirtual',
  disconnectVirtual: 'iphoneBackup.disconnectVirtual',
  pair: 'iphoneBackup.pair',
  forgetPassword: 'iphoneBackup.forgetPassword',
  showLog: 'iphoneBackup.showLog',
  refresh: 'iphoneBackup.refresh',
  filterHistory: 'iphoneBackup.filterHistory',
  clearHistoryFilter: 'iphoneBackup.clearHistoryFilter',
} as const;

export type CommandId = (typeof command)[keyof typeof command];

export const view = {
  devices: 'iphoneBackup.devices',
  history: 'iphoneBackup.history',
} as const;

/** View types of panels. */
export const panel = {
  estimate: 'iphoneBackup.estimate',
  report: 'iphoneBackup.report',
} as const;

/** The key of the report about all devices; others are UDIDs. */
export const everything = 'all';

export const viewContainer = 'iphoneBackup';

/** Full names, as the manifest has them. */
export const setting = {
  libraryFolder: 'iphoneBackup.library.folder',
  muxerAddress: 'iphoneBackup.muxer.address',
  onConnect: 'iphoneBackup.onConnect',
} as const;

/** Keys for `when` clauses, set by the extension. */
export const contextKey = {
  /** `DevicesState`: which welcome text the empty Devices view shows. */
  devices: 'iphoneBackup.devicesState',
  /** `HistoryState`: the same for Backup History. */
  history: 'iphoneBackup.historyState',
  historyFiltered: 'iphoneBackup.historyFiltered',
  virtualConnected: 'iphoneBackup.virtualConnected',
  jobRunning: 'iphoneBackup.jobRunning',
  hasTrash: 'iphoneBackup.hasTrash',
} as const;

export type DevicesState = 'starting' | 'engineTrouble' | 'noMuxer' | 'muxerTrouble' | 'noDevice' | 'notTrusted' | 'listed';
export type HistoryState = 'starting' | 'empty' | 'listed' | 'nothingMatches' | 'unreachable';

export const walkthrough = 'iphoneBackup.start';
