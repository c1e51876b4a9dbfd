import type { JobEvent, JobNotice, JobProgress } from '../../shared/job-events.ts';

export type JobKind = 'backup' | 'restore' | 'pair' | 'encryption' | 'verify' | 'import' | 'export' | 'empty-trash' | 'estimate' | 'copy-media';

/** What is known of a running job, for its row, the status bar and the details. */
export interface JobState {
  readonly id: number;
  readonly kind: JobKind;
  /** Absent for work on the library alone. */
  readonly udid: string | undefined;
  /** Name of the device or backup, as it came. */
  readonly subject: string;
  readonly isVirtual: boolean;
  readonly started: Date;
  readonly progress: JobProgress | undefined;
  readonly isCancelling: boolean;
  readonly notices: readonly JobNotice[];
}

/** Notices are kept for the details; of a phone that fails on a million files the first ones suffice. */
const keptNotices = 100;

export function withEvent(state: JobState, event: JobEvent): JobState {
  if (event.type === 'progress') return { ...state, progress: event.progress };
  if (event.type === 'notice' && state.notices.length < keptNotices) return { ...state, notices: [...state.notices, event.notice] };
  return state;
}
