import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { AfcClient, openDevice, walkMedia, type MediaFile } from '../device/index.ts';
import { isDay } from '../selection/day.ts';
import { DataError, DeviceError, HostError, hostError } from '../shared/errors.ts';
import type { MediaRequest, MediaResult } from './api.ts';
import type { JobContext } from './job-context.ts';
import { chooseFiles, photoRoots } from './media/choose.ts';
import { copyFile } from './media/copy-file.ts';
import { syncFolder, TargetFolder } from './media/target-folder.ts';
import type { RestoreDeps } from './restore-job.ts';

/** Files under way at once: small ones cost a round trip each. */
const lanes = 4;
const maxNamed = 1_000;
/** Left free on the disk beside the copies. */
const margin = 64 << 20;

/**
 * Copies photos and videos from the camera roll, without a backup; the phone is only read. What is there already, by size
 * and date, is skipped; a copy that was cut goes on. Files that the phone does not give are listed in the result.
 */
export async function copyMedia(deps: RestoreDeps, request: MediaRequest, job: JobContext): Promise<MediaResult> {
  for (const day of [request.after, request.before]) {
    if (day !== undefined && !isDay(day)) throw new DataError('data.selection', 'Days are written as yyyy-MM-dd', { subject: day });
  }
  job.progress.phase('connecting');
  const device = await openDevice(request.udid, { muxer: deps.muxer, signal: job.signal });
  try {
    const afc = await AfcClient.open(device);
    try {
      job.progress.phase('scanning');
      const files = chooseFiles(await listFiles(afc, job), request);
      const folder = request.folder ?? join(deps.library.folder, request.udid, 'media');
      const target = await TargetFolder.open(folder).catch((error: unknown) => Promise.reject(hostError(error, folder)));
      job.writesTo(target.path);
      const result = await new MediaCopy(afc, target, job).run(files);
      job.progress.phase('finished');
      return result;
    } finally {
      afc.close();
    }
  } finally {
    await device.close();
  }
}

async function listFiles(afc: AfcClient, job: JobContext): Promise<MediaFile[]> {
  const files: MediaFile[] = [];
  await walkMedia(afc, photoRoots, { signal: job.signal, onFile: (file) => files.push(file), onProgress: () => job.progress.passed(0, 0) });
  return files;
}

interface Task {
  readonly file: MediaFile;
  readonly target: string;
}

class MediaCopy {
  readonly #afc: AfcClient;
  readonly #target: TargetFolder;
  readonly #job: JobContext;
  readonly #failed: string[] = [];
  #failures = 0;
  #copied = 0;
  #bytes = 0;
  #passed = 0;

  constructor(afc: AfcClient, target: TargetFolder, job: JobContext) {
    this.#afc = afc;
    this.#target = target;
    this.#job = job;
  }

  async run(files: readonly MediaFile[]): Promise<MediaResult> {
    const tasks = await this.#plan(files);
    const planned = tasks.length;
    const skipped = files.length - planned - this.#failures;
    const all = tasks.reduce((sum, { file }) => sum + file.size, 0);
    await this.#expectSpace(all);
    this.#job.progress.phase('receiving');
    tasks.reverse();
    await Promise.all(Array.from({ length: lanes }, () => this.#lane(tasks, all)));
    for (const folder of this.#target.folders) await syncFolder(folder);
    return { folder: this.#target.path, copied: this.#copied, skipped, bytes: this.#bytes, failed: this.#failed };
  }

  async #plan(files: readonly MediaFile[]): Promise<Task[]> {
    const tasks: Task[] = [];
    for (const file of files) {
      this.#job.throwIfCancelled();
      try {
        const target = await this.#target.freePlace(file);
        if (target !== undefined) tasks.push({ file, target });
      } catch (error) {
        if (!(error instanceof DataError)) throw hostError(error, file.path);
        this.#fail(file, error);
      }
    }
    return tasks;
  }

  async #expectSpace(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.#target.path);
    if (bytes > 0 && bavail * bsize < bytes + margin) throw new HostError('host.no-space', 'The photos do not fit', { subject: this.#target.path });
  }

  async #lane(tasks: Task[], all: number): Promise<void> {
    for (let task = tasks.pop(); task; task = tasks.pop()) {
      this.#job.throwIfCancelled();
      try {
        const { kept } = await copyFile(this.#afc, task.file, task.target, { onBytes: (bytes) => this.#pass(bytes, all) });
        this.#copied++;
        this.#bytes += task.file.size - kept;
        this.#pass(kept, all);
      } catch (error) {
        if (!(error instanceof DeviceError) && !(error instanceof DataError)) throw error;
        this.#fail(task.file, error);
      }
    }
  }

  #pass(bytes: number, all: number): void {
    this.#passed += bytes;
    this.#job.progress.passed(this.#passed, this.#copied);
    if (all > 0) this.#job.progress.percent((100 * this.#passed) / all);
    this.#job.throwIfCancelled();
  }

  /** One file does not keep the others. */
  #fail({ path }: MediaFile, error: DeviceError | DataError): void {
    this.#failures++;
    if (this.#failed.length < maxNamed) this.#failed.push(path);
    this.#job.listener({ type: 'notice', notice: { code: 'file-failed', path, text: error.deviceText ?? error.code } });
  }
}
