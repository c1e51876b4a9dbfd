import type { PlistDict } from '../../plist/index.ts';

/** A request is refused: `reason` is lockdownd's error string, `facts` what the reply carries beside it. */
export class LockdownError extends Error {
  readonly reason: string;
  readonly facts: PlistDict;

  constructor(reason: string, facts: PlistDict = {}) {
    super(reason);
    this.reason = reason;
    this.facts = facts;
  }
}
