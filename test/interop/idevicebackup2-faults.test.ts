import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asDict, readPlist } from '../../src/plist/index.ts';
import type { Moods } from '../../src/virtual-iphone/contract.ts';
import { manyFiles } from '../unit/virtual-iphone/mobilebackup2/support/list-content.ts';
import { udidOf, Workbench } from './support/idevicebackup2.ts';
import type { ToolResult } from './support/tools.ts';

interface Case {
  readonly moods: Partial<Moods>;
  /** Exit code; `null` when the tool had to be killed. */
  readonly code: number | null;
  readonly output?: RegExp;
  /** Milliseconds before it is killed. */
  readonly limit?: number;
}

const noAnswer = 6000;

const cases: Readonly<Record<string, Case>> = {
  'DeviceLink 401': { moods: { deviceLinkVersion: [401, 0] }, code: 255, output: /Could not perform backup protocol version exchange, error code -1/ },
  'DeviceLink 300': { moods: { deviceLinkVersion: [300, 0] }, code: 0, output: /Backup Successful\./ },
  'a passcode prompt that nobody answers': {
    moods: { passcode: 'ignored', passcodeLimit: 300 }, code: 48, output: /ErrorCode 208: Device locked \(MBErrorDomain\/208\)/,
  },
  'a passcode prompt that is answered': { moods: { passcode: 'answered', passcodeDelay: 300 }, code: 0, output: /Backup Successful\./ },
  'setup that is not finished': { moods: { setupUnfinished: true }, code: 256 - 212, output: /ErrorCode 212/ },
  'too little room on the host': { moods: { claimedUploadSize: 10n ** 17n }, code: 151, output: /ErrorCode 105: Insufficient free disk space on drive to back up/ },
  'PurgeDiskSpace, which it does not know': { moods: { claimedUploadSize: 10n ** 17n, purge: true }, code: null, limit: noAnswer },
  'a lost link in the middle of a chunk': {
    moods: { faults: [{ kind: 'disconnect', at: { file: 60, byte: 3 } }] }, code: 255, output: /Could not receive from mobilebackup2 \(-4\)/,
  },
  'a lost link where it waits for a file name': { moods: { faults: [{ kind: 'disconnect', at: { file: 60 } }] }, code: null, limit: noAnswer },
  'an error between two operations': {
    moods: { faults: [{ kind: 'error', at: { name: 'DLMessageMoveItems', message: 0 }, code: 104, text: 'Multiple errors uploading files' }] },
    code: 256 - 104,
    output: /ErrorCode 104: Multiple errors uploading files \(MBErrorDomain\/104\)/,
  },
  'one file that the phone cannot read': {
    moods: { faults: [{ kind: 'file-error', at: { file: 60 }, text: 'Input/output error (5)' }] }, code: 0, output: /Backup Successful\./,
  },
  'a snapshot left by a killed run': { moods: { snapshotLeftover: true }, code: 253, output: /ErrorCode 3: Failed to create snapshot: File exists/ },
  'a pause on the wire': { moods: { scanTime: 300, faults: [{ kind: 'silence', at: { file: 60, byte: 2 }, ms: 500 }] }, code: 0, output: /Backup Successful\./ },
  'unknown keys': { moods: { unknownKeys: true }, code: 0, output: /Backup Successful\./ },
};

/** Most of a run is the tool's fixed sleeps: several at a time. */
const atOnce = 4;

async function runCase({ moods, limit }: Case): Promise<ToolResult> {
  const bench = new Workbench();
  try {
    const phone = await bench.phone({ content: manyFiles(150), moods });
    return await bench.run(phone, ['backup', '--full', bench.folder], limit);
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
    it(`${name}: ${one.code === null ? 'it hangs' : `it ends with ${one.code}`}`, () => {
      const result = results.get(one);
      assert.equal(result?.code, one.code, result?.output.slice(-500));
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

  it('a phone that is not there', async () => {
    const phone = await bench.phone();
    phone.mux.removePhone(phone.phone);
    const { code, output } = await bench.run(phone, ['info', bench.folder]);
    assert.deepEqual([code, /No device found with udid/.test(output)], [255, true]);
  });
});
