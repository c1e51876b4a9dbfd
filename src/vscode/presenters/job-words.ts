import type { JobPhase } from '../../shared/job-events.ts';
import { durationText, percentText, rateText } from './figures.ts';
import type { JobKind, JobState } from './job-state.ts';
import { plainText } from './plain-text.ts';
import { dotted } from './row.ts';
import type { Wording } from './wording.ts';

type PhaseWords = Readonly<Record<JobPhase, string>>;

export const phaseText = (phase: JobPhase, w: Pick<Wording, 't'>): string => phaseWords(w)[phase];

/** The same for what a file says a phase was; `undefined` for what is none. */
export function keptPhaseText(phase: string | undefined, w: Pick<Wording, 't'>): string | undefined {
  const words: Readonly<Record<string, string>> = phaseWords(w);
  return phase !== undefined && Object.hasOwn(words, phase) ? words[phase] : undefined;
}

function phaseWords({ t }: Pick<Wording, 't'>): PhaseWords {
  return {
    preparing: t('Preparing'),
    connecting: t('Connecting'),
    'waiting-for-trust': t('Waiting for Trust on the device'),
    'waiting-for-passcode': t('Enter the passcode on the device'),
    'waiting-for-lock': t('Waiting for another sync to end'),
    scanning: t('The device is looking for changes'),
    'sending-manifest': t('Sending the last file list'),
    receiving: t('Receiving'),
    moving: t('Putting files in place'),
    removing: t('Removing what is gone'),
    verifying: t('Verifying'),
    publishing: t('Adding to the history'),
    sending: t('Sending'),
    restarting: t('The device restarts'),
    hashing: t('Computing checksums'),
    pruning: t('Leaving out what was not chosen'),
    finished: t('Finished'),
  };
}

export function jobTitle(kind: JobKind, subject: string, { t }: Wording): string {
  const name = plainText(subject);
  const words: Readonly<Record<JobKind, string>> = {
    backup: t('Backing up {name}', { name }),
    restore: t('Restoring to {name}', { name }),
    pair: t('Pairing with {name}', { name }),
    encryption: t('Changing the backup encryption of {name}', { name }),
    verify: t('Verifying {name}', { name }),
    import: t('Importing {name}', { name }),
    export: t('Exporting {name}', { name }),
    'empty-trash': t('Emptying the trash'),
    estimate: t('Estimating {name}', { name }),
    'copy-media': t('Copying photos and videos of {name}', { name }),
  };
  return words[kind];
}

/** Phase and figures: `Receiving · 42% · 38 MB/s · 3 min left`. */
export function jobFigures(job: JobState, w: Wording): string {
  if (job.isCancelling) return w.t('Stopping');
  const { progress } = job;
  if (!progress) return phaseText('preparing', w);
  return dotted(
    phaseText(progress.phase, w),
    progress.fraction !== undefined && percentText(progress.fraction, w),
    progress.rate !== undefined && progress.rate > 0 && rateText(progress.rate, w),
    progress.remaining !== undefined && w.t('{time} left', { time: durationText(progress.remaining, w) }),
  );
}

/** Short form for the device row: `42%`, or the phase while no honest percentage is known. */
export function jobShort(job: JobState, w: Wording): string {
  if (job.isCancelling) return w.t('Stopping');
  const { progress } = job;
  if (!progress) return phaseText('preparing', w);
  const needsPerson = progress.phase.startsWith('waiting-');
  if (needsPerson || progress.fraction === undefined) return phaseText(progress.phase, w);
  return percentText(progress.fraction, w);
}
