import { errorFacts } from '../../shared/errors.ts';
import type { DevicesState } from '../ids.ts';

/** Which text stands in the place of the devices. A fault of ours sends the person to the log, not to the muxer's settings. */
export function troubleOf(error: unknown): Extract<DevicesState, 'engineTrouble' | 'noMuxer' | 'muxerTrouble'> {
  const { code, kind } = errorFacts(error);
  if (kind === 'crash') return 'engineTrouble';
  return code === 'mux.missing' ? 'noMuxer' : 'muxerTrouble';
}
