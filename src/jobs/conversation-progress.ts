import type { ConversationEvent } from '../mobilebackup2/events.ts';
import type { JobListener } from '../shared/job-events.ts';
import type { ProgressTracker } from './progress-tracker.ts';

/** Passes the facts of a conversation on to the person: figures to the tracker, the rest as notices and log lines. */
export function followConversation(tracker: ProgressTracker, listener: JobListener): (event: ConversationEvent) => void {
  return (event) => {
    switch (event.type) {
      case 'phase':
        return tracker.phase(event.phase);
      case 'percent':
        return tracker.percent(event.percent);
      case 'passed':
        return tracker.passed(event.bytes, event.files, domainOf(event.file?.devicePath));
      case 'file-failed':
        return listener({ type: 'notice', notice: { code: 'file-failed', path: event.devicePath ?? event.path, text: event.text } });
      case 'purge-requested': {
        const { bytesWanted, bytesNeeded, bytesFree } = event;
        return listener({ type: 'notice', notice: { code: 'purge-requested', bytesWanted, bytesNeeded, bytesFree } });
      }
      case 'message':
        return listener({ type: 'log', level: 'debug', text: `${event.name} #${event.index}` });
      case 'status':
        return listener({ type: 'log', level: 'info', text: `Status.plist says ${event.snapshotState}` });
      case 'log':
        return listener({ type: 'log', level: event.level, text: event.text });
    }
  };
}

/** The place on the phone in two words, for example `Library/SMS`; enough to see that something moves. */
function domainOf(devicePath: string | undefined): string | undefined {
  const parts = devicePath?.split('/').filter((part) => part !== '' && part !== '.ba' && part !== 'var' && part !== 'mobile');
  return parts && parts.length > 1 ? parts.slice(0, 2).join('/') : undefined;
}
