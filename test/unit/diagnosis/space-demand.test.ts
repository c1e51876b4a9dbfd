import assert from 'node:assert/strict';
import { checks } from '../../../src/diagnosis/checks/check-list.ts';
import type { CheckPorts } from '../../../src/diagnosis/checks/ports.ts';
import { resultOf } from '../../../src/diagnosis/checks/run-checks.ts';
import { diagnoseFailure } from '../../../src/diagnosis/ranking.ts';
import type { DeviceSummary } from '../../../src/device/types.ts';
import type { Diagnosed, FailedRun } from '../../../src/shared/diagnosis-report.ts';

const GB = 1e9;

interface Scene {
  /** Bytes: asked for by the device, free at that time, free now, held by the device. */
  readonly needed?: number;
  readonly earlier?: number;
  readonly now: number;
  readonly used?: number;
}

/** What the check sees after the device refused to begin, and the diagnosis of it. */
async function judged({ needed, earlier, now, used }: Scene): Promise<readonly Diagnosed[]> {
  const facts = { ...(needed === undefined ? {} : { needed }), ...(earlier === undefined ? {} : { free: earlier }) };
  const failed: FailedRun = { job: 'backup', error: { kind: 'device', code: 'mb.105', facts }, phase: 'scanning', notices: ['purge-requested'], started: new Date() };
  const summary = (used === undefined ? {} : { dataCapacity: 500 * GB, dataAvailable: 500 * GB - used }) as DeviceSummary;
  const ports = {
    failed,
    disk: { free: () => Promise.resolve(now), freeWithPurgeable: () => Promise.resolve(undefined) },
    phone: { summary: () => Promise.resolve(summary) },
    library: { entries: () => Promise.resolve([]) },
  } as unknown as CheckPorts;
  const check = checks.find(({ id }) => id === 'space');
  assert.ok(check);
  return diagnoseFailure(failed, [{ ...resultOf(check, ports), state: 'found', findings: (await check.run(ports)) ?? [] }]);
}

describe('a device that asks for more room than there is', () => {
  it('asks too much when all that it holds would fit', async () => {
    const [first] = await judged({ needed: 600 * GB, now: 300 * GB, used: 140 * GB });
    assert.deepEqual([first?.row, first?.facts['used']], ['space.overstated', 140 * GB]);
  });

  it('asks for what it holds: the disk is too full', async () => {
    const [first] = await judged({ needed: 120 * GB, now: 50 * GB, used: 140 * GB });
    assert.deepEqual([first?.row, first?.facts['needed']], ['space.host', 120 * GB]);
  });

  it('asks too much, and not even what it holds would fit: the disk first, with what is really needed', async () => {
    const [first, second] = await judged({ needed: 600 * GB, now: 50 * GB, used: 140 * GB });
    assert.deepEqual([first?.row, second?.row], ['space.host', 'space.overstated']);
    assert.ok(Number(first?.facts['needed']) < 141 * GB);
  });

  it('that does not tell what it holds is believed', async () => {
    assert.equal((await judged({ needed: 600 * GB, now: 300 * GB }))[0]?.row, 'space.host');
  });

  it('is judged by the room there was then, not by what was freed since', async () => {
    const [first] = await judged({ needed: 100 * GB, earlier: 20 * GB, now: 300 * GB, used: 140 * GB });
    assert.deepEqual([first?.row, first?.facts['free']], ['space.host', 20 * GB]);
  });
});
