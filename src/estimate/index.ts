export { answerAt, type AppSizes } from './app-growth.ts';
export { assemble } from './assemble.ts';
export { addUpBackup, type BackupSizes, type DomainPart } from './backup-sizes.ts';
export { CameraTally, mediaRoots } from './camera-tally.ts';
export { cloudPlans, freePlan, uncheckPath } from './cloud-plans.ts';
export { estimateFrom } from './from-backup.ts';
export { isPlausible } from './demand.ts';
export { demandFolder, reportedSpace } from './demand-folder.ts';
export type { EarlierRun, EstimateFacts, LastBackup } from './facts.ts';
