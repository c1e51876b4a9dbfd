import { parentPort, workerData } from 'node:worker_threads';
import { errorFacts } from '../shared/errors.ts';
import type { Engine, JobRun } from './api.ts';
import { createEngine } from './engine.ts';
import { jobMethods, type FromWorker, type ToWorker, type WorkerOptions } from './rpc.ts';

const port = parentPort;
if (!port) throw new Error('This file is the entry of a worker thread');

const engine = createEngine(workerData as WorkerOptions);
const running = new Map<number, AbortController>();
let watch: { dispose(): void } | undefined;

const send = (message: FromWorker): void => port.postMessage(message);

port.on('message', (message: ToWorker) => {
  if (message.type === 'call') void call(message);
  else if (message.type === 'cancel') running.get(message.id)?.abort();
  else if (message.type === 'watch') startWatching();
  else stopWatching();
});

async function call(request: Extract<ToWorker, { type: 'call' }>): Promise<void> {
  const controller = new AbortController();
  running.set(request.id, controller);
  try {
    send({ type: 'answer', id: request.id, value: await invoke(request, controller.signal) });
  } catch (error) {
    send({ type: 'failure', id: request.id, error: errorFacts(error) });
  } finally {
    running.delete(request.id);
  }
}

function invoke(request: Extract<ToWorker, { type: 'call' }>, signal: AbortSignal): Promise<unknown> {
  const run: JobRun = { signal, listener: (event) => send({ type: 'event', id: request.id, event }) };
  const last = jobMethods.has(request.method) ? run : signal;
  const method = engine[request.method] as (this: Engine, ...args: unknown[]) => Promise<unknown>;
  return method.call(engine, ...request.args, last);
}

function startWatching(): void {
  watch ??= engine.watchDevices(
    (devices) => send({ type: 'devices', devices }),
    (error) => send({ type: 'watch-failure', error: errorFacts(error) }),
  );
}

function stopWatching(): void {
  watch?.dispose();
  watch = undefined;
}
