import assert from 'node:assert/strict';
import { found, type Check } from '../../../src/diagnosis/checks/check.ts';
import type { CheckPorts } from '../../../src/diagnosis/checks/ports.ts';
import { runChecks } from '../../../src/diagnosis/checks/run-checks.ts';
import type { CheckResult } from '../../../src/shared/diagnosis-report.ts';
import { CancelledError, ConnectionError } from '../../../src/shared/errors.ts';

// These checks look at nothing.
const ports = { phone: undefined } as unknown as CheckPorts;

const check = (id: string, run: Check['run'], more: Partial<Check> = {}): Check => ({
  id, group: 'device', title: id, good: '', deadline: 50, run, ...more,
});

const states = (results: readonly CheckResult[]): string[] => results.map(({ check: id, state, reason }) => [id, state, reason].filter(Boolean).join(' '));

describe('the runner of checks', () => {
  it('gives each an answer of its own, whatever happens to the others', async () => {
    const results = await runChecks(
      [
        check('good', async () => []),
        check('found', async () => [found('power.low')]),
        check('nothing', async () => undefined),
        check('hangs', () => new Promise(() => undefined)),
        check('fails', () => Promise.reject(new ConnectionError('link.silent', 'silent'))),
        check('disk', () => Promise.reject(Object.assign(new Error('I/O'), { code: 'EIO' }))),
        check('bug', () => Promise.reject(new TypeError('x is not a function'))),
      ],
      ports,
    );
    assert.deepEqual(states(results), [
      'good good', 'found found', 'nothing skipped', 'hangs unknown deadline', 'fails unknown link.silent', 'disk unknown EIO', 'bug unknown crash.internal',
    ]);
  });

  it('skips what makes no sense after another, and all behind it', async () => {
    const results = await runChecks(
      [
        check('trust', async () => [found('trust.missing')]),
        check('values', async () => [], { after: 'trust' }),
        check('battery', async () => [], { after: 'values' }),
        check('weak', async () => [found('power.low')]),
        check('behind', async () => [], { after: 'weak' }),
      ],
      ports,
    );
    assert.deepEqual(states(results), ['trust found', 'values skipped', 'battery skipped', 'weak found', 'behind good']);
  });

  it('tells each result as it comes', async () => {
    const told: string[] = [];
    await runChecks([check('one', async () => [])], ports, { onResult: ({ state }) => told.push(state) });
    assert.deepEqual(told, ['running', 'good']);
  });

  it('ends at a cancel', async () => {
    const stop = new AbortController();
    const ended = runChecks([check('hangs', () => new Promise(() => undefined), { deadline: 60_000 })], ports, { signal: stop.signal });
    stop.abort();
    await assert.rejects(ended, CancelledError);
  });
});
