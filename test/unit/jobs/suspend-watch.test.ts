import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { SuspendWatch } from '../../../src/jobs/suspend-watch.ts';

describe('the watch for a computer that sleeps', () => {
  let now = 0;
  let watch: SuspendWatch;
  beforeEach(() => {
    now = 1_000_000;
    watch = new SuspendWatch(() => now);
  });
  afterEach(() => watch.stop());

  const pass = (...seconds: number[]): void => {
    for (const each of seconds) {
      now += each * 1000;
      watch.check();
    }
  };

  it('sees no sleep in ticks that come late on a busy machine', () => {
    pass(5, 6, 20, 30, 5);
    assert.equal(watch.seconds, 0);
  });

  it('sees a lid that was closed, and adds up several', () => {
    pass(5, 600, 5);
    assert.equal(watch.seconds, 600);
    pass(3600);
    assert.equal(watch.seconds, 4200);
  });

  it('sees it also when it is asked before the next tick', () => {
    now += 90_000;
    assert.equal(watch.seconds, 90);
  });

  it('does not take a clock that was set for a sleep', () => {
    const real = new SuspendWatch();
    const clock = mock.method(Date, 'now', () => 9_000_000_000_000);
    try {
      assert.equal(real.seconds, 0);
    } finally {
      clock.mock.restore();
      real.stop();
    }
  });
});
