import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asDict, readPlist } from '../../src/plist/index.ts';
import type { Moods } from '../../src/virtual-iphone/contract.ts';
import { manyFiles } from '../unit/virtual-iphone/mobilebackup2/support/list-content.ts';
import { udidOf, Workbench } from './support/idevicebackup2.ts';
import { runTool, type ToolResult } from './support/tools.ts';

interface Case {
  readonly moods: Partial<Moods>;
  readonly ios?: string;
  /** What the tool is to do with its folder. */
  readonly command?: readonly string[];
  /** Whether the phone is paired, calmly, and then takes its mood. */
  readonly isPaired?: boolean;
  /** Exit code, or the signal that ended it; `SIGKILL` when it had to be killed. */
  readonly ends: number | NodeJS.Signals;
  readonly output?: RegExp;
  /** Milliseconds before it is killed. */
  readonly limit?: number;
}

const noAnswer = 6000;
const backup = ['backup', '--full'] as const;
const noLockdown = (code: number): RegExp => new RegExp(`Could not connect to lockdownd, error code ${code}`);
const lockdownErrors = (text: string, ...requests: string[]): Partial<Moods> => ({
  faults: requests.map((request) => ({ kind: 'error', at: { name: `lockdown.${request}` }, code: 0, text })),
});

const cases: Readonly<Record<string, Case>> = {
  'DeviceLink 401': { moods: { deviceLinkVersion: [401, 0] }, ends: 255, output: /Could not perform backup protocol version exchange, error code -1/ },
  'DeviceLink 300': { moods: { deviceLinkVersion: [300, 0] }, ends: 0, output: /Backup Successful\./ },
  'a passcode prompt that nobody answers': {
    moods: { passcode: 'ignored', passcodeLimit: 300 }, ends: 48, output: /ErrorCode 208: Device locked \(MBErrorDomain\/208\)/,
  },
  'a passcode prompt that is answered': { moods: { passcode: 'answered', passcodeDelay: 300 }, ends: 0, output: /Backup Successful\./ },
  'setup that is not finished': { moods: { setupUnfinished: true }, ends: 256 - 212, output: /ErrorCode 212/ },
  'too little room on the host': { moods: { claimedUploadSize: 10n ** 17n }, ends: 151, output: /ErrorCode 105: Insufficient free disk space on drive to back up/ },
  'PurgeDiskSpace, which it does not know': { moods: { claimedUploadSize: 10n ** 17n, purge: true }, ends: 'SIGKILL', limit: noAnswer },
  'a lost link in the middle of a chunk': {
    moods: { faults: [{ kind: 'disconnect', at: { file: 60, byte: 3 } }] }, ends: 255, output: /Could not receive from mobilebackup2 \(-4\)/,
  },
  'a lost link where it waits for a file name': { moods: { faults: [{ kind: 'disconnect', at: { file: 60 } }] }, ends: 'SIGKILL', limit: noAnswer },
  'an error between two operations': {
    moods: { faults: [{ kind: 'error', at: { name: 'DLMessageMoveItems', message: 0 }, code: 104, text: 'Multiple errors uploading files' }] },
    ends: 256 - 104,
    output: /ErrorCode 104: Multiple errors uploading files \(MBErrorDomain\/104\)/,
  },
  'one file that the phone cannot read': {
    moods: { faults: [{ kind: 'file-error', at: { file: 60 }, text: 'Input/output error (5)' }] }, ends: 0, output: /Backup Successful\./,
  },
  'a snapshot left by a killed run': { moods: { snapshotLeftover: true }, ends: 253, output: /ErrorCode 3: Failed to create snapshot: File exists/ },
  'a pause on the wire': { moods: { scanTime: 300, faults: [{ kind: 'silence', at: { file: 60, byte: 2 }, ms: 500 }] }, ends: 0, output: /Backup Successful\./ },
  'ProtocolVersion as an integer': { moods: { integerProtocolVersion: true }, ends: 255, output: /Could not perform backup protocol version exchange, error code -2/ },
  'a lock that another host holds': { moods: { lockFileBusy: true }, ends: 255, output: /ERROR: timeout while locking for sync/ },
  'a goodbye in place of the verdict': {
    moods: { faults: [{ kind: 'goodbye', at: { name: 'DLMessageProcessMessage', message: 1 } }] }, ends: 255, output: /Backup Failed \(Error Code 1\)\./,
  },
  'a goodbye in place of info': {
    moods: { faults: [{ kind: 'goodbye', at: { name: 'DLMessageProcessMessage', message: 1 } }] }, command: ['info'], ends: 255, output: /^$/,
  },
  'an upload into a folder that is not there': { moods: { skipFolders: true }, ends: 255, output: /\(-2\)/ },
  'an iOS that ends at TLS 1.0': { moods: {}, ios: '9.3', ends: 255, output: noLockdown(-5) },
  'a Trust dialog that waits': { moods: { trust: 'pending' }, ends: 255, output: noLockdown(-19) },
  'a person who does not trust it': { moods: { trust: 'denied' }, ends: 255, output: noLockdown(-18) },
  'a locked phone that does not know it': { moods: { locked: true }, ends: 255, output: noLockdown(-17) },
  'a locked phone that starts no session': { moods: lockdownErrors('PasswordProtected', 'StartSession'), ends: 255, output: noLockdown(-17) },
  'a phone that forgot it': { moods: { trust: 'revoked' }, isPaired: true, ends: 255, output: noLockdown(-21) },
  'a phone that will not tell its key': { moods: lockdownErrors('GetProhibited', 'GetValue.DevicePublicKey'), ends: 255, output: noLockdown(-13) },
  'a pair record without an escrow bag': { moods: { noEscrowBag: true }, ends: 255, output: /ERROR: Could not start service com\.apple\.mobilebackup2\./ },
  'services that do not start, for info': {
    moods: lockdownErrors('PasswordProtected', 'StartService.com.apple.mobile.notification_proxy', 'StartService.com.apple.mobilebackup2'),
    command: ['info'], ends: 255, output: /ERROR: Could not start service com\.apple\.mobile\.notification_proxy/,
  },
  'no notification proxy, for a backup': { moods: lockdownErrors('PasswordProtected', 'StartService.com.apple.mobile.notification_proxy'), ends: 'SIGSEGV' },
  'unknown keys': { moods: { unknownKeys: true }, ends: 0, output: /Backup Successful\./ },
};

/** Most of a run is the tool's fixed sleeps: several at a time. */
const atOnce = 4;

async function runCase({ moods, ios = '18.5', command = backup, isPaired = false, limit }: Case): Promise<ToolResult> {
  const bench = new Workbench();
  try {
    const phone = await bench.phone({ content: manyFiles(150), ios, moods: isPaired ? {} : moods });
    if (isPaired) await runTool('idevicepair', ['pair'], phone.address);
    phone.phone.setMoods(moods);
    return await bench.run(phone, [...command, bench.folder], limit);
  } finally {
    await bench.close();
  }
}

describe('idevicebackup2 meets a virtual iPhone in a mood', function () {
  this.timeout(120_000);
  const results = new Map<Case, ToolResult>();
  let bench: Workbench;
  beforeEach(() => {
    bench = new Workbench();
  });
  afterEach(() => bench.close());

  before(async () => {
    const waiting = Object.values(cases);
    const work = async (): Promise<void> => {
      for (let one = waiting.shift(); one; one = waiting.shift()) results.set(one, await runCase(one));
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  });

  for (const [name, one] of Object.entries(cases)) {
    it(`${name}: ${one.ends === 'SIGKILL' ? 'it hangs' : `it ends with ${one.ends}`}`, () => {
      const result = results.get(one);
      assert.equal(result?.signal ?? result?.code, one.ends, result?.output.slice(-500));
      if (one.output) assert.match(result?.output ?? '', one.output);
    });
  }

  it('a cancel on the phone: it says so, aborts, and the next run goes on', async () => {
    const content = manyFiles(400);
    const phone = await bench.phone({ content, moods: { faults: [{ kind: 'cancel-on-phone', at: { file: 200 } }] } });
    const cancelled = await bench.run(phone, ['backup', '--full', bench.folder]);
    assert.match(cancelled.output, /User has cancelled the backup process on the device\./);
    assert.match(cancelled.output, /Backup Aborted\./);
    // Two sockets race: it leaves by itself, or hears the phone's 202 first.
    assert.ok(cancelled.code === 255 || cancelled.code === 256 - 202, String(cancelled.code));
    const status = asDict(readPlist(readFileSync(join(bench.folder, udidOf(phone), 'Status.plist'))));
    assert.equal(status?.['SnapshotState'], 'uploading');
    content.reads.length = 0;
    await bench.backup(phone);
    assert.ok(content.reads.length < 400);
    assert.equal(bench.content(phone).size, 400);
  });

  it('a notification proxy that does not die: it waits after each notification it posts', async () => {
    const phone = await bench.phone({ moods: { silentProxy: true } });
    const posted: string[] = [];
    const first = Promise.withResolvers<void>();
    phone.phone.observe((name) => {
      posted.push(name.replace('com.apple.itunes-mobdev.', ''));
      first.resolve();
    });
    const { signal } = await bench.run(phone, ['backup', '--full', bench.folder], noAnswer, first.promise);
    assert.deepEqual([signal, posted], ['SIGKILL', ['syncWillStart']]);
    phone.phone.setMoods({ silentProxy: false });
    await bench.backup(phone, '--full');
    assert.deepEqual(posted.slice(1), ['syncWillStart', 'syncLockRequest', 'syncDidStart', 'syncDidFinish']);
  });

  it('a phone that is not there, a muxer that is not there', async () => {
    const phone = await bench.phone();
    phone.mux.removePhone(phone.phone);
    const gone = await bench.run(phone, ['info', bench.folder]);
    assert.deepEqual([gone.code, /No device found with udid/.test(gone.output)], [255, true]);
    await phone.close();
    const nobody = await bench.run(phone, ['info', bench.folder]);
    assert.deepEqual([nobody.code, /No device found with udid/.test(nobody.output)], [255, true]);
  });
});
