import type { JobEvent, JobNotice, JobProgress } from '../../shared/job-events.ts';
import { slowCable } from '../../shared/slow-cable.ts';

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
  /** Who keeps the job waiting; `undefined` while it goes on. */
  readonly waitingFor: WaitingFor | undefined;
}

export type WaitingFor = Extract<JobNotice, { code: 'waiting-long' }>['for'];

/** Notices are kept for the details; of a phone that fails on a million files the first ones suffice. */
const keptNotices = 100;

export function withEvent(state: JobState, event: JobEvent): JobState {
  if (event.type === 'progress') return { ...state, progress: event.progress, waitingFor: stillWaiting(state, event.progress) };
  if (event.type !== 'notice') return state;
  const { notice } = event;
  const waitingFor = notice.code === 'waiting-long' ? notice.for : state.waitingFor;
  return { ...state, waitingFor, notices: state.notices.length < keptNotices ? [...state.notices, notice] : state.notices };
}

/** A sign of life ends the waiting for a person or a phone; what is slow stays so until it flows. */
function stillWaiting({ waitingFor, progress: before }: JobState, { phase, rate = 0 }: JobProgress): WaitingFor | undefined {
  const isSlow = waitingFor === 'cable' || waitingFor === 'disk';
  return isSlow && phase === before?.phase && rate < slowCable ? waitingFor : undefined;
}
