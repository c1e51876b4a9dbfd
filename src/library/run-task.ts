import { Worker } from 'node:worker_threads';
import { CrashError, errorFromFacts, type ErrorFacts } from '../shared/errors.ts';
import { diskError } from './disk-error.ts';
import type { WorkerStart } from './disk-worker.ts';
import type { FileSystem } from './file-system.ts';
import { TaskBoard, type TaskProgress } from './task.ts';
import { diskTasks, type DiskTaskName, type DiskTasks } from './tasks.ts';

export interface TaskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TaskProgress) => void) | undefined;
}

const progressEvery = 100;

/** The script of our worker threads: a source file beside this one, or bundled beside the bundle. */
export const diskWorkerUrl = new URL(import.meta.url.endsWith('.ts') ? './disk-worker.ts' : './disk-worker.js', import.meta.url);

/** V8 lets a heap grow for as long as there is memory; ours work in bounded space, and the computer has other things to do. */
export const diskWorkerLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 } as const;

/** Runs bulk work in a thread of its own, or here where the file system is not the real one. */
export async function runTask<N extends DiskTaskName>(
  fs: FileSystem,
  name: N,
  request: Parameters<DiskTasks[N]>[1],
  options: TaskOptions = {},
): Promise<ReturnType<DiskTasks[N]>> {
  const board = new TaskBoard();
  const stop = (): void => board.stop();
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener('abort', stop, { once: true });
  const timer = setInterval(() => options.onProgress?.(board.progress()), progressEvery);
  try {
    const result = fs.isNative ? await runInWorker({ kind: 'task', name, request, board: board.memory }) : runHere(fs, name, request, board);
    options.onProgress?.(board.progress());
    return result as ReturnType<DiskTasks[N]>;
  } finally {
    clearInterval(timer);
    options.signal?.removeEventListener('abort', stop);
  }
}

function runHere(fs: FileSystem, name: DiskTaskName, request: unknown, board: TaskBoard): unknown {
  return executeTask(name, request, { files: fs.blocking, advance: (files, bytes) => board.advance(files, bytes) });
}

/** Errors leave as the engine's own. */
export function executeTask(name: DiskTaskName, request: unknown, context: Parameters<DiskTasks[DiskTaskName]>[0]): unknown {
  try {
    // The table's own types guard the callers; here only the name is left.
    return (diskTasks[name] as (context: unknown, request: unknown) => unknown)(context, request);
  } catch (error) {
    throw diskError(error, name);
  }
}

async function runInWorker(workerData: WorkerStart): Promise<unknown> {
  const worker = new Worker(diskWorkerUrl, { workerData, resourceLimits: diskWorkerLimits });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', (answer: { readonly value?: unknown; readonly error?: ErrorFacts }) => {
        if (answer.error) reject(errorFromFacts(answer.error));
        else resolve(answer.value);
      });
      worker.once('error', (cause) => reject(new CrashError('crash.worker', 'A disk thread failed', { cause })));
      worker.once('exit', (code) => reject(new CrashError('crash.worker', `A disk thread ended with ${code}`)));
    });
  } finally {
    await worker.terminate();
  }
}
