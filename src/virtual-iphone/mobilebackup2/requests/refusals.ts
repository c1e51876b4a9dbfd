import { mbError } from '../../../format/mb-errors.ts';
import { AgentError } from '../errors.ts';

/** `EraseDevice` works on a real phone. No client of a virtual one may send it: a loud refusal. */
export function refuseErase(): never {
  process.emitWarning('A host asked the virtual iPhone to erase itself', { code: 'VIRTUAL_IPHONE_ERASE' });
  throw new AgentError(mbError.generic, 'Failed to erase device');
}

export function refuseRemove(): never {
  throw new AgentError(mbError.generic, 'Removing backups is no longer supported');
}
