import type { BackupFolder } from '../mobilebackup2/index.ts';
import { CancelledError } from '../shared/errors.ts';

/** Ends the conversation where it is: nothing that follows is answered. */
export class DemandOver extends CancelledError {
  constructor() {
    super('cancelled.host', 'The experiment ends before anything is written');
  }
}

/** What a host once had when a phone named its demand (iOS 15.6); every upload needs more beside it. */
const littleSpace = 10_000_000n;

/** Bytes to report: less than there are, so that the phone names its demand; never more than there are. */
export const reportedSpace = (free: bigint): bigint => (free < littleSpace ? free : littleSpace);

const refuse = (): never => {
  throw new DemandOver();
};

const refuseLater = async (): Promise<never> => refuse();

/** An empty folder that holds nothing and takes nothing: the phone looks, asks for room, and the link is cut at its first step further. */
export function demandFolder(free: bigint): BackupFolder {
  return {
    list: () => Promise.resolve([]),
    read: () => Promise.resolve(undefined),
    freeSpace: () => Promise.resolve(reportedSpace(free)),
    createDirectory: refuseLater,
    write: refuse,
    move: refuseLater,
    moveAll: refuseLater,
    copy: refuseLater,
    remove: refuseLater,
    flush: () => Promise.resolve(),
  };
}
