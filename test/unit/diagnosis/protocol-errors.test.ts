import assert from 'node:assert/strict';
import { errorTable } from '../../../src/diagnosis/error-words.ts';
import { diagnoseFailure } from '../../../src/diagnosis/ranking.ts';
import type { Diagnosed } from '../../../src/shared/diagnosis-report.ts';

/** The numbers of MBErrorDomain that are documented publicly, as libimobiledevice and pymobiledevice3 print them. */
const documented = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14, 22, 25, 26, 100, 101, 102, 103, 104, 105, 106, 202, 203, 205, 207, 208, 211, 212, 217, 218, 219, 220, 221, 222, 223,
  224, 300, 301, 302, 303, 304, 305, 306, 307,
];
/** Seen, but documented nowhere: told by number, with the device's own text. */
const undocumented = [201, 206, 209, 210, 213, 214, 215, 216];

/** What lockdownd answers, as libimobiledevice names it (-10 to -39), and what pymobiledevice3 met beside these. */
const lockdown = [
  'InvalidResponse', 'MissingKey', 'MissingValue', 'GetProhibited', 'SetProhibited', 'RemoveProhibited', 'ImmutableValue', 'PasswordProtected', 'UserDeniedPairing',
  'PairingDialogResponsePending', 'MissingHostID', 'InvalidHostID', 'SessionActive', 'SessionInactive', 'MissingSessionID', 'InvalidSessionID', 'MissingService',
  'InvalidService', 'ServiceLimit', 'MissingPairRecord', 'SavePairRecordFailed', 'InvalidPairRecord', 'InvalidActivationRecord', 'MissingActivationRecord',
  'ServiceProhibited', 'EscrowLocked', 'PairingProhibitedOverThisConnection', 'FMiPProtected', 'MCProtected', 'MCChallengeRequired', 'InvalidConnection',
];

/** What goes wrong before a conversation begins, on the way there and on this computer. */
const others = ['mux.missing', 'mux.refused', 'mux.bad-address', 'mux.protocol', 'mux.untrusted', 'link.lost', 'link.silent', 'link.tls', 'device.gone', 'service.version'];

const named = (code: string, job: string): Diagnosed | undefined =>
  diagnoseFailure({ job, error: { kind: 'device', code }, phase: undefined, notices: [], started: undefined })[0];

describe('the errors of the protocol', () => {
  const known = [...documented.map((number) => `mb.${number}`), ...lockdown.map((name) => `lockdown.${name}`), ...others];

  for (const job of ['backup', 'restore']) {
    it(`each lead to a row of the knowledge after a ${job}`, () => {
      const lost = known.filter((code) => [undefined, 'error.other'].includes(named(code, job)?.row));
      assert.deepEqual(lost, []);
    });
  }

  it('each have words of their own', () => {
    assert.deepEqual(known.filter((code) => !Object.hasOwn(errorTable, code)), []);
  });

  it('that nobody has documented are told by their number', () => {
    for (const number of undocumented) {
      const { row, facts } = named(`mb.${number}`, 'backup') ?? {};
      assert.deepEqual([row, facts?.['code']], ['error.other', `mb.${number}`]);
    }
  });
});
