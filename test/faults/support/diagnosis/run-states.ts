import { rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { defaultRestoreOptions } from '../../../../src/jobs/api.ts';
import type { Moods, WireFault } from '../../../../src/virtual-iphone/index.ts';
import { broken, failing } from './disks.ts';
import type { State } from './state.ts';
import { password, type World } from './world.ts';

const at = (name: string, message = 0): WireFault['at'] => ({ name, message });
const error = (code: number, name = 'DLMessageUploadFiles'): Partial<Moods> => ({ faults: [{ kind: 'error', at: at(name, 1), code }] });

/** A backup that fails because of moods. */
function backup(row: string, how: string, moods: Partial<Moods>, more: Partial<State> = {}): State {
  return {
    layer: 'run',
    row,
    how: `${how}, then a backup`,
    fail: (world) => {
      world.moods(moods);
      return world.backupFails();
    },
    ...more,
  };
}

/** A backup that fails because of what has just begun, until `mend`. */
async function failsWhile(world: World, mend: () => void): ReturnType<World['backupFails']> {
  const failed = await world.backupFails();
  mend();
  return failed;
}

function restoreFails(world: World, moods: Partial<Moods>): ReturnType<World['fails']> {
  return world.fails('restore', async (engine, run) => {
    const { udid, id, isEncrypted } = await world.newest();
    world.moods(moods);
    const options = { ...defaultRestoreOptions, reboot: false };
    await engine.restore({ source: { udid, id }, udid: world.udid, options, password: isEncrypted ? password : undefined }, run);
  });
}

const restore = (row: string, how: string, moods: Partial<Moods>, more: Partial<State> = {}): State => ({
  layer: 'run',
  row,
  how: `${how}, then a restore`,
  fail: (world) => restoreFails(world, moods),
  ...more,
});

export const runStates: readonly State[] = [
  backup('passcode.unanswered', 'moods passcode=ignored, passcodeLimit', { passcode: 'ignored', passcodeLimit: 300 }),
  backup('phone.locked-midway', 'error 104 at an upload', error(104)),
  backup('phone.snapshot', 'mood snapshotLeftover', { snapshotLeftover: true }),
  backup('phone.storage', 'error 101 at an upload', error(101)),
  backup('cloud.restoring', 'error 25 at the first message', error(25)),
  backup('policy.forbidden', 'error 22', error(22)),
  backup('phone.ended-run', 'error 217', error(217), { isNote: true }),
  backup('phone.file-changed', 'error 9', error(9), { isNote: true }),
  backup('backup.folders-changed', 'error 6', error(6)),
  backup('phone.general', 'error 1', error(1)),
  backup('error.other', 'error 213, which nobody knows', error(213)),
  backup('cloud.account', 'error 305', error(305)),
  backup('cloud.network', 'error 300', error(300), { isNote: true }),
  backup('sync.other-program', 'mood lockFileBusy', { lockFileBusy: true }, { isSlow: true }),
  backup('cable.lost', 'the link breaks at an upload', { faults: [{ kind: 'disconnect', at: at('DLMessageUploadFiles', 1) }] }),
  backup('phone.stalled', 'the phone is silent within a file', { faults: [{ kind: 'silence', at: { file: 1, byte: 100 } }] }),
  backup('stream.out-of-step', 'a message of the wrong shape', { hostile: { message: 'MoveItems:from', path: 'x', form: 'wrong-count' } }),
  backup('device.hostile', 'the phone names a file outside', { hostile: { message: 'UploadFiles', path: '../../outside' } }),
  backup('protocol.version', 'mood deviceLinkVersion=500.0', { deviceLinkVersion: [500, 0] }),
  backup('cancelled.device', 'Cancel is tapped on the phone', { faults: [{ kind: 'cancel-on-phone', at: at('DLMessageUploadFiles', 1) }] }, { isNote: true }),
  backup('session.ended', 'lockdown answers StartService with SessionInactive', {
    faults: Array.from({ length: 9 }, (_, message) => ({ kind: 'error', at: at('lockdown.StartService', message), code: 0, text: 'SessionInactive' }) as const),
  }, { isNote: true }),
  backup('space.overstated', 'mood claimedUploadSize=90 TB', { claimedUploadSize: 90_000_000_000_000n, purge: true }, { also: ['room'] }),
  backup('backup.damaged', 'error 205 at the end', error(205, 'DLMessageMoveItems')),
  {
    layer: 'run',
    row: 'run.is-there',
    how: 'EIO after the last step of a backup, then sound again',
    isNote: true,
    fail: (world) => failsWhile(world, failing(world, 'syncFolder', 'EIO')),
  },
  {
    layer: 'run',
    row: 'disk.failing',
    how: 'EIO at each write of a backup, then sound again',
    fail: (world) => failsWhile(world, failing(world, 'writeFileAtomically', 'EIO')),
  },
  {
    layer: 'run',
    row: 'disk.small-files',
    how: 'EFBIG at a write of a backup, then sound again',
    fail: (world) => failsWhile(world, failing(world, 'writeFileAtomically', 'EFBIG')),
  },
  {
    layer: 'run',
    row: 'ours.crash',
    how: 'a fault of this program in the middle of a backup',
    fail: (world) => failsWhile(world, broken(world, 'writeFileAtomically')),
  },
  {
    layer: 'run',
    row: 'cancelled.host',
    how: 'the backup is cancelled here',
    isNote: true,
    fail: (world) => {
      const stop = new AbortController();
      world.moods({ scanTime: 5000 });
      return world.fails(
        'backup',
        (engine, run) => engine.backup({ udid: world.udid, full: true, encryption: 'keep' }, { ...run, signal: stop.signal }),
        (event) => event.type === 'progress' && event.progress.phase === 'scanning' && stop.abort(),
      );
    },
  },
  restore('restore.find-my', 'mood findMy', { findMy: true }, { isNote: true }),
  restore('manifest.memory', 'the link breaks within the file list', { faults: [{ kind: 'disconnect', at: { file: 2, byte: 1000 } }] }),
  restore('restore.twice', 'mood restoredWithoutRestart', { restoredWithoutRestart: true }),
  restore('space.phone-restore', 'error 106 at a download', { faults: [{ kind: 'error', at: at('DLMessageDownloadFiles', 2), code: 106 }] }),
  restore('restore.read-failed', 'error 103 at a download', { faults: [{ kind: 'error', at: at('DLMessageDownloadFiles', 2), code: 103 }] }),
  {
    layer: 'run',
    row: 'password.wrong',
    how: 'the old password is wrong when it is changed',
    options: () => ({ isEncrypted: true }),
    fail: (world) =>
      world.fails('encryption', (engine, run) => engine.changeEncryption({ udid: world.udid, action: 'off', oldPassword: 'not the one' }, run)),
  },
  {
    layer: 'run',
    row: 'policy.encryption',
    how: 'mood mdmForcesEncryption, then encryption is switched off',
    options: () => ({ isEncrypted: true, moods: { mdmForcesEncryption: true } }),
    fail: (world) => world.fails('encryption', (engine, run) => engine.changeEncryption({ udid: world.udid, action: 'off', oldPassword: password }, run)),
  },
  {
    layer: 'run',
    row: 'backup.wrong-folder',
    how: 'an import of a folder without a backup',
    isNote: true,
    fail: (world) => world.fails('import', (engine, run) => engine.importFolder({ folder: world.stage.folder }, run)),
  },
  {
    layer: 'drafts',
    row: 'draft.waiting',
    how: 'a run was cut, and its note is gone',
    isNote: true,
    set: async (world) => {
      world.moods({ faults: [{ kind: 'disconnect', at: at('DLMessageUploadFiles', 1) }] });
      await world.backupFails();
      rmSync(`${world.library}/${world.udid}/last-run.json`);
    },
  },
  {
    layer: 'killed',
    also: ['drafts'],
    breaks: ['run'],
    row: 'draft.empty-plist',
    how: 'a run was cut, and the Manifest.plist of its draft has 0 bytes',
    set: async (world) => {
      world.moods({ faults: [{ kind: 'disconnect', at: at('DLMessageUploadFiles', 1) }] });
      await world.backupFails();
      const [draft] = (await world.engine().history()).drafts;
      if (!draft) throw new Error('There is no draft');
      const path = join(draft.path, world.udid, 'Manifest.plist');
      rmSync(path, { force: true });
      writeFileSync(path, '');
    },
  },
  {
    layer: 'killed',
    also: ['drafts'],
    row: 'run.killed',
    how: 'kill -9 of a running backup',
    isSlow: true,
    breaks: ['run'],
    set: killARun,
  },
  {
    layer: 'drafts',
    row: 'run.is-there',
    how: 'kill -9 after the backup was published: its note stays, and a backup of after its start is there',
    isNote: true,
    set: (world) => {
      const started = new Date(Date.now() - 3_600_000).toISOString();
      writeFileSync(`${world.library}/${world.udid}/last-run.json`, JSON.stringify({ format: 1, job: 'backup', started }));
    },
  },
  {
    layer: 'drafts',
    row: 'run.failed-before',
    how: 'a backup failed and left no draft',
    isNote: true,
    set: async (world) => {
      world.moods({ snapshotLeftover: true });
      await world.backupFails();
      await world.engine().discardDraft(world.udid);
    },
  },
  {
    layer: 'drafts',
    row: 'run.in-progress',
    how: 'another backup of the phone is running',
    isNote: true,
    set: async (world) => {
      world.moods({ scanTime: 60_000 });
      const stop = new AbortController();
      let running: (() => void) | undefined;
      const isRunning = new Promise<void>((resolve) => (running = resolve));
      const ended = world.engine().backup({ udid: world.udid, full: true, encryption: 'keep' }, {
        signal: stop.signal,
        listener: (event) => event.type === 'progress' && event.progress.phase === 'scanning' && running?.(),
      });
      world.afterwards(async () => {
        stop.abort();
        await ended.catch(() => undefined);
      });
      await isRunning;
    },
  },
];

async function killARun(world: World): Promise<void> {
  world.moods({ scanTime: 60_000 });
  const args = ['src/cli.ts', 'backup', '--json', '--library', world.library, '--muxer', world.muxer];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'close');
  child.stdout.on('data', (chunk: Buffer) => {
    if (chunk.includes('"scanning"')) child.kill('SIGKILL');
  });
  await ended;
  world.moods({ scanTime: 0 });
}
