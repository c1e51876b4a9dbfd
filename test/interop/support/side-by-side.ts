import { Workbench } from './idevicebackup2.ts';

/** Most of a run of the tool is its fixed sleeps. */
const atOnce = 4;

type Body = (bench: Workbench) => Promise<void>;

/**
 * A stand-in for `it` inside one `describe`, whose tests run several at a time, each on a workbench of its own. Each passes or
 * fails by itself all the same.
 */
export function sideBySide(): (title: string, body: Body) => void {
  const waiting: (() => Promise<void>)[] = [];
  before(() => {
    for (let lane = 0; lane < atOnce; lane++) void runAll(waiting);
  });
  return (title, body) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // Its own test hears of it.
    promise.catch(() => undefined);
    waiting.push(() => onWorkbench(body).then(resolve, reject));
    it(title, () => promise);
  };
}

async function runAll(waiting: (() => Promise<void>)[]): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) await next();
}

async function onWorkbench(body: Body): Promise<void> {
  const bench = new Workbench();
  try {
    await body(bench);
  } finally {
    await bench.close();
  }
}
