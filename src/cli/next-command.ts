import type { ErrorAction } from '../diagnosis/error-row.ts';

const commands: Readonly<Partial<Record<ErrorAction, string>>> = {
  pair: 'iphone-backup pair',
  'choose-folder': 'iphone-backup backup --library DIR',
  'full-backup': 'iphone-backup backup --full',
  verify: 'iphone-backup verify',
  'set-password': 'iphone-backup encryption on',
  estimate: 'iphone-backup estimate',
};

/** What to type for a step that software can do; `job` is what failed, where something did. */
export function nextCommand(action: ErrorAction | undefined, job?: string): string | undefined {
  if (action === 'retry') return job === undefined ? undefined : `iphone-backup ${job}`;
  return action && commands[action];
}
