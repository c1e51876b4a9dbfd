import type { SnapshotState } from '../format/names.ts';
import type { JobPhase } from '../shared/job-events.ts';

/** The phases that can be told from what the phone sends. */
export type ConversationPhase = Extract<
  JobPhase,
  'scanning' | 'sending-manifest' | 'receiving' | 'moving' | 'removing' | 'verifying' | 'sending'
>;

/** What happens in a conversation, as facts; words are made elsewhere. */
export type ConversationEvent =
  /**
   * The phone announced an operation. `percent` is what it will have reached *after* it and may fall or stand still;
   * `bytes` is about what will pass during it, 0 where the phone does not tell.
   */
  | {
      readonly type: 'message';
      readonly name: string;
      readonly index: number;
      readonly percent: number | undefined;
      readonly bytes: number;
    }
  | { readonly type: 'phase'; readonly phase: ConversationPhase }
  /** An operation is done; the phone's own figure, 0 to 100. */
  | { readonly type: 'percent'; readonly percent: number }
  /** Content bytes and whole files that have passed since the start, several times a second at most. */
  | { readonly type: 'passed'; readonly bytes: number; readonly files: number; readonly file: CurrentFile | undefined }
  /** One file failed on the phone's side; the run goes on. */
  | { readonly type: 'file-failed'; readonly path: string; readonly devicePath: string | undefined; readonly text: string }
  /** The phone wants room: it needs `bytesNeeded` free in all, `uploadSize` of it for this run's files. */
  | {
      readonly type: 'purge-requested';
      readonly bytesWanted: number;
      readonly bytesNeeded: number;
      readonly bytesFree: number;
      readonly uploadSize: number;
    }
  /** The phone wrote a Status.plist. */
  | { readonly type: 'status'; readonly snapshotState: SnapshotState; readonly isFullBackup: boolean }
  | { readonly type: 'log'; readonly level: 'debug' | 'warn'; readonly text: string };

export type ConversationListener = (event: ConversationEvent) => void;

/** The file that passes at the moment. */
export interface CurrentFile {
  /** In the backup folder, as the phone named it. */
  readonly path: string;
  /** Where the phone has it, for people's eyes only; `undefined` in a restore. */
  readonly devicePath: string | undefined;
}
