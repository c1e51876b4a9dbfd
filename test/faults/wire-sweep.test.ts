import assert from 'node:assert/strict';
import { runBackup, runRestore, type ConversationResult, type LinkTimings } from '../../src/mobilebackup2/index.ts';
import { PlistReal } from '../../src/plist/index.ts';
import type { EngineError } from '../../src/shared/errors.ts';
import { expectedFiles, fullBackupSteps } from '../unit/mobilebackup2/support/full-backup.ts';
import { MemoryFolder } from '../unit/mobilebackup2/support/memory-folder.ts';
import { fileStream, udid, type ScriptedDevice } from '../unit/mobilebackup2/support/scripted-device.ts';
import { openSession, type Session } from '../unit/mobilebackup2/support/session.ts';

type Step = (device: ScriptedDevice) => Promise<unknown>;
type End = ConversationResult | EngineError;

const endOf = (end: End): string => ('code' in end ? end.code : end.verdict);

const restoreSteps: readonly Step[] = [
  ...['Status.plist', 'Manifest.plist', 'Manifest.db', 'Info.plist'].map((name): Step => (device) => device.download([`${udid}/${name}`])),
  ...expectedFiles.map(([path], index): Step => (device) => device.download([path, `${udid}/00/none`], index * 10)),
];

function sessionsOf(conversation: 'backup' | 'restore', device: ScriptedDevice): readonly (() => Promise<unknown>)[] {
  return conversation === 'backup' ? fullBackupSteps(device) : restoreSteps.map((step) => () => step(device));
}

function run(conversation: 'backup' | 'restore', { link }: Session, folder: MemoryFolder): Promise<End> {
  const options = { systemFiles: true, reboot: true, preserveSettings: true, removeItemsNotRestored: false };
  const isBackup = conversation === 'backup';
  const running = isBackup ? runBackup(link, folder, { udid, full: true }) : runRestore(link, folder, { udid, sourceId: udid, options });
  return running.catch((error: EngineError) => error);
}

/** Goes well up to operation `position`, then does what the fault is. */
async function interrupted(
  conversation: 'backup' | 'restore',
  position: number,
  { act, timings }: Fault,
): Promise<{ readonly end: End; readonly folder: MemoryFolder }> {
  const session = await openSession({ timings: { close: 100, ...timings }, isDeviceListed: async () => false });
  const folder = new MemoryFolder();
  if (conversation === 'restore') for (const [path, data] of expectedFiles) folder.files.set(path, data);
  const running = run(conversation, session, folder);
  await session.device.request();
  for (const step of sessionsOf(conversation, session.device).slice(0, position)) await step();
  await act(session.device);
  const end = await running;
  await session.link.close();
  return { end, folder };
}

interface Fault {
  readonly act: Step;
  readonly code: string;
  /** The one wait that is to end early: a busy machine may be late for any other. */
  readonly timings?: Partial<LinkTimings>;
}

const faults: Readonly<Record<string, Fault>> = {
  'closes the connection': { act: async (device) => device.socket.end(), code: 'link.lost' },
  'is silent and gone': { act: async () => {}, code: 'device.gone', timings: { listedCheck: 100 } },
  'ends with an error': { act: (device) => device.respond(104, 'Multiple errors uploading files (MBErrorDomain/104)'), code: 'mb.104' },
  'says goodbye': { act: (device) => device.send('DLMessageDisconnect', 'bye'), code: 'link.lost' },
  'breaks off inside an upload': {
    act: async (device) => {
      await device.send('DLMessageUploadFiles', {}, new PlistReal(50), 0);
      await device.write(fileStream([{ path: `${udid}/Snapshot/00/x`, units: [Buffer.alloc(500)] }]).subarray(0, 300));
      device.socket.end();
    },
    code: 'link.lost',
  },
  'falls silent inside an upload': {
    act: async (device) => {
      await device.send('DLMessageUploadFiles', {}, new PlistReal(50), 0);
      await device.write(fileStream([{ path: `${udid}/Snapshot/00/x`, units: [Buffer.alloc(500)] }]).subarray(0, 300));
    },
    code: 'link.silent',
    timings: { stream: 100 },
  },
};

describe('a phone that fails at each of its operations', () => {
  for (const conversation of ['backup', 'restore'] as const) {
    for (const [what, fault] of Object.entries(faults)) {
      it(`of a ${conversation}: it ${what}`, async () => {
        const probe = await openSession();
        const positions = sessionsOf(conversation, probe.device).length;
        await probe.link.close();
        const outcomes = await Promise.all(Array.from(
          { length: positions + 1 },
          (_, position) => interrupted(conversation, position, fault),
        ));
        for (const [position, { end, folder }] of outcomes.entries()) {
          const isDone = folder.calls.filter((call) => call === `finish ${udid}/Status.plist`).length === 4;
          const expected = isDone && fault.code === 'link.lost' ? 'unproven' : fault.code;
          assert.equal(endOf(end), expected, `at operation ${position}`);
          assert.ok(!folder.files.has(`${udid}/Snapshot/00/x`));
        }
      }).timeout(120_000);
    }
  }
});
