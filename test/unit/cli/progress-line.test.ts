import assert from 'node:assert/strict';
import { formatBytes, formatDuration, formatTable, terminalText } from '../../../src/cli/format.ts';
import { ProgressLine, barText } from '../../../src/cli/progress-line.ts';
import type { JobProgress } from '../../../src/shared/job-events.ts';

const progress: JobProgress = { phase: 'receiving', fraction: 0.5, bytes: 1_200_000, files: 12, rate: 40_000_000, remaining: 75, domain: undefined };

function shown(mode: 'bar' | 'lines' | 'json') {
  let text = '';
  const line = new ProgressLine({ mode, out: { write: (part: string) => (text += part) } });
  line.listener({ type: 'progress', progress });
  line.listener({ type: 'progress', progress: { ...progress, fraction: 0.6 } });
  line.listener({ type: 'notice', notice: { code: 'no-hard-links' } });
  line.end();
  return text;
}

describe('progress on the terminal', () => {
  it('tells share, bytes, rate and remaining time', () => {
    assert.equal(barText(progress), '[##########..........]  50 % · Receiving · 1.2 MB in 12 files · 40.0 MB/s · about 1 min 15 s left');
    assert.equal(barText({ ...progress, fraction: undefined, rate: undefined, remaining: undefined, files: 0 }), 'Receiving');
  });

  it('writes one line a phase where there is no terminal', () => {
    assert.deepEqual(shown('lines').trim().split('\n'), ['Receiving', 'This disk has no hard links: every backup takes its whole size.']);
  });

  it('writes one JSON object a line for machines', () => {
    const events = shown('json').trim().split('\n').map((line) => JSON.parse(line) as { type: string });
    assert.deepEqual(events.map((event) => event.type), ['progress', 'progress', 'notice']);
  });

  it('counts down while the device asks for its passcode, until it goes on', () => {
    let text = '';
    const line = new ProgressLine({ mode: 'bar', out: { write: (part: string) => (text += part) }, now: () => 0 });
    const asking = { ...progress, phase: 'waiting-for-passcode', fraction: undefined, rate: undefined, remaining: undefined, files: 0 } as const;
    line.listener({ type: 'progress', progress: asking });
    assert.equal(text, '\rWaiting: enter the passcode on the iPhone · it waits about 3 min 0 s');
    line.listener({ type: 'progress', progress: { ...progress, files: 0, fraction: undefined, rate: undefined, remaining: undefined } });
    line.end();
    assert.match(text, /\rReceiving +\r +\r$/);
  });

  it('wipes the bar before a sentence and at the end', () => {
    assert.match(shown('bar'), /\r {20,}\rThis disk has no hard links/);
  });
});

describe('text for the terminal', () => {
  it('cannot be made to move the cursor or turn the reading direction', () => {
    assert.equal(terminalText('a\u001b[2Jb\u202ec\r\n'), 'a�[2Jb�c��');
    assert.equal(terminalText('x'.repeat(10_000)).length, 200);
  });

  it('counts as Finder does', () => {
    assert.deepEqual([0, 999, 1000, 1_234_567, 128e9, -5].map(formatBytes), ['0 B', '999 B', '1.0 KB', '1.2 MB', '128 GB', '0 B']);
    assert.deepEqual([5, 200, 7500].map(formatDuration), ['5 s', '3 min 20 s', '2 h 05 min']);
  });

  it('lines columns up', () => assert.equal(formatTable([['a', 'b'], ['long', 'c']]), 'a     b\nlong  c'));
});
