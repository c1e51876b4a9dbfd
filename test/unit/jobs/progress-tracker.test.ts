import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobProgress } from '../../../src/shared/job-events.ts';
import { ProgressTracker } from '../../../src/jobs/progress-tracker.ts';

function tracked() {
  const seen: JobProgress[] = [];
  let time = 1_000_000;
  const tracker = new ProgressTracker((event) => event.type === 'progress' && seen.push(event.progress), () => time);
  return { tracker, seen, pass: (ms: number) => (time += ms) };
}

describe('progress of a job', () => {
  it('never goes down, although the phone\'s percentage does', () => {
    const { tracker, seen, pass } = tracked();
    tracker.phase('receiving');
    for (const percent of [0.98, 54, 85, 65, 100, 3]) {
      pass(1000);
      tracker.percent(percent);
    }
    const fractions = seen.map((progress) => progress.fraction ?? 0);
    assert.deepEqual(fractions, fractions.toSorted((a, b) => a - b));
    assert.ok(Math.max(...fractions) < 1, 'the phone says 100 before the moves');
    tracker.phase('finished');
    assert.equal(tracker.current.fraction, 1);
  });

  it('goes on when somebody sets the clock back', async () => {
    const seen: JobProgress[] = [];
    const tracker = new ProgressTracker((event) => event.type === 'progress' && seen.push(event.progress));
    tracker.phase('receiving');
    const clock = mock.method(Date, 'now', () => 0);
    try {
      await sleep(250);
      tracker.percent(50);
    } finally {
      clock.mock.restore();
    }
    assert.equal(seen.at(-1)?.fraction, 0.5);
  });

  it('tells no rate and no remaining time before they were measured', () => {
    const { tracker, pass } = tracked();
    tracker.phase('receiving');
    tracker.passed(1000, 1);
    assert.deepEqual([tracker.current.rate, tracker.current.remaining, tracker.current.fraction], [undefined, undefined, undefined]);
    tracker.percent(10);
    for (let second = 1; second <= 10; second++) {
      pass(1000);
      tracker.passed(second * 1_000_000, second);
      tracker.percent(10 + second * 5);
    }
    const { rate = 0, remaining = 0 } = tracker.current;
    assert.ok(Math.abs(rate - 1_000_000) < 150_000, `rate ${rate}`);
    assert.ok(remaining > 5 && remaining < 15, `remaining ${remaining}`);
  });

  it('ignores nonsense from the phone', () => {
    const { tracker } = tracked();
    for (const percent of [Number.NaN, -5, Infinity, -Infinity]) tracker.percent(percent);
    assert.equal(tracker.current.fraction, undefined);
    tracker.percent(1e9);
    assert.ok((tracker.current.fraction ?? 1) < 1);
  });
});
