import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Watchdog } from '../../../src/jobs/watchdog.ts';
import type { JobPhase } from '../../../src/shared/job-events.ts';

/** A watchdog with a clock of its own, and what it told. */
class Bench {
  readonly told: string[] = [];
  readonly dog: Watchdog;
  #seconds = 0;

  constructor(tryDisk?: () => Promise<void>) {
    const options = { now: () => this.#seconds * 1000, tryDisk };
    this.dog = new Watchdog((event) => {
      if (event.type === 'notice' && event.notice.code === 'waiting-long') this.told.push(`${event.notice.for} ${event.notice.seconds}`);
    }, options);
  }

  /** Nothing happens for so long. */
  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 5) {
      this.#seconds += 5;
      await this.dog.check();
    }
    await turn();
  }

  /** Bytes come, at a constant rate, for so long. */
  async receive(seconds: number, rate: number, filesPerSecond: number, phase: JobPhase = 'receiving'): Promise<void> {
    for (let second = 0; second < seconds; second += 5) {
      this.#seconds += 5;
      this.dog.alive({ phase, bytes: this.#seconds * rate, files: Math.floor(this.#seconds * filesPerSecond) });
      await this.dog.check();
    }
    await turn();
  }
}

describe('the watchdog', () => {
  const benches: Bench[] = [];
  const bench = (tryDisk?: () => Promise<void>): Bench => {
    const made = new Bench(tryDisk);
    benches.push(made);
    return made;
  };
  afterEach(() => {
    for (const { dog } of benches.splice(0)) dog.stop();
  });

  it('says who is waited for, ever more rarely', async () => {
    const { dog, told, pass } = bindAll(bench());
    dog.alive({ phase: 'scanning', bytes: 0, files: 0 });
    await pass(1000);
    assert.deepEqual(told, ['phone 60', 'phone 300', 'phone 900']);
  });

  it('tells a person sooner than anything else', async () => {
    const { dog, told, pass } = bindAll(bench());
    dog.alive({ phase: 'waiting-for-passcode', bytes: 0, files: 0 });
    await pass(130);
    assert.deepEqual(told, ['person 20', 'person 60', 'person 120']);
  });

  it('asks the disk before it blames the cable', async () => {
    const quick = bindAll(bench(() => Promise.resolve()));
    quick.dog.alive({ phase: 'receiving', bytes: 1, files: 1 });
    await quick.pass(65);
    assert.deepEqual(quick.told, ['cable 60']);
  });

  it('names the disk when that takes nothing', async function () {
    this.timeout(10_000);
    const stuck = bindAll(bench(() => new Promise(() => undefined)));
    stuck.dog.alive({ phase: 'receiving', bytes: 1, files: 1 });
    await stuck.pass(60);
    assert.deepEqual(stuck.told, ['disk 60']);
  });

  it('tells once of a cable that carries hardly anything', async () => {
    const { told, receive } = bindAll(bench());
    await receive(600, 100_000, 0.1);
    assert.deepEqual(told, ['cable 120']);
  });

  it('tells once of a cable that is stuck at one to three megabytes a second, of large files', async () => {
    for (const rate of [1_000_000, 2_000_000, 3_000_000]) {
      const { told, receive } = bindAll(bench());
      await receive(600, rate, 0.5);
      assert.deepEqual(told, ['cable 120'], String(rate));
    }
  });

  it('tells nothing of photos that come as fast as by USB 2, nor of many files that are small', async () => {
    const { told, receive } = bindAll(bench());
    await receive(300, 35_000_000, 15);
    await receive(300, 2_000_000, 40);
    assert.deepEqual(told, []);
  });

  it('blames no cable for what a device looks through between its videos', async () => {
    const { dog, told, pass } = bindAll(bench());
    for (let video = 0; video < 10; video++) {
      dog.alive({ phase: 'receiving', bytes: video * 100_000_000, files: video });
      await pass(50);
    }
    assert.deepEqual(told, []);
  });

  it('knows in every phase who is waited for, and waits for nobody at the end', async () => {
    const parties: Readonly<Record<JobPhase, string>> = {
      preparing: 'disk', connecting: 'phone', 'waiting-for-trust': 'person', 'waiting-for-passcode': 'person', 'waiting-for-lock': 'program',
      scanning: 'phone', 'sending-manifest': 'phone', receiving: 'cable', moving: 'disk', removing: 'disk', verifying: 'phone', publishing: 'disk',
      sending: 'cable', restarting: 'phone', hashing: 'disk', pruning: 'disk', finished: '',
    };
    for (const [phase, party] of Object.entries(parties)) {
      const { dog, told, pass } = bindAll(bench());
      dog.alive({ phase: phase as JobPhase, bytes: 0, files: 0 });
      await pass(60);
      assert.equal(told.at(-1)?.split(' ')[0] ?? '', party, phase);
    }
  });

  it('tells of silence before anything has begun', async () => {
    const { told, pass } = bindAll(bench());
    await pass(60);
    assert.deepEqual(told, ['disk 60']);
  });

  it('tells of a program that keeps the sync lock before the ten seconds are over', async () => {
    const { dog, told, pass } = bindAll(bench());
    dog.alive({ phase: 'waiting-for-lock', bytes: 0, files: 0 });
    await pass(10);
    assert.deepEqual(told, ['program 5']);
  });

  it('is told of work that another one does than the phase says', async () => {
    const { dog, told, pass } = bindAll(bench());
    dog.alive({ phase: 'connecting', bytes: 0, files: 0 });
    let end: (() => void) | undefined;
    const work = dog.during('disk', () => new Promise<void>((resolve) => (end = resolve)));
    await pass(60);
    end?.();
    await work;
    await pass(60);
    assert.deepEqual(told, ['disk 60', 'phone 60']);
  });

  it('names the disk where that takes no more than the cable brings', async function () {
    this.timeout(10_000);
    const slowDisk = bindAll(bench(() => new Promise(() => undefined)));
    await slowDisk.receive(125, 3_000_000, 0.5);
    await new Promise((resolve) => setTimeout(resolve, 1600));
    assert.deepEqual(slowDisk.told, ['disk 120']);
  });

  it('is silent about a good cable, about many small files, and about work of the disk', async () => {
    const { told, receive } = bindAll(bench());
    await receive(300, 20_000_000, 2);
    await receive(300, 100_000, 50);
    await receive(300, 1000, 0.1, 'publishing');
    assert.deepEqual(told, []);
  });
});

const bindAll = (bench: Bench) => ({ dog: bench.dog, told: bench.told, pass: bench.pass.bind(bench), receive: bench.receive.bind(bench) });
