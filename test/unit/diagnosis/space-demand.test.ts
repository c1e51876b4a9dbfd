import assert from 'node:assert/strict';
import { checks } from '../../../src/diagnosis/checks/check-list.ts';
import type { CheckPorts, NextBackup } from '../../../src/diagnosis/checks/ports.ts';
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
    disk: { free: () => Promise.resolve(now), freeWithPurgeable: () => Promise.resolve(undefined), placement: () => Promise.resolve([]) },
    phone: { summary: () => Promise.resolve(summary) },
    library: { entries: () => Promise.resolve([]), drafts: () => Promise.resolve([]) },
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

describe('the room for the next backup', () => {
  interface Next {
    readonly free: number;
    readonly next?: NextBackup;
    /** Bytes of the last backup. */
    readonly last?: number | 'unreadable';
    readonly used?: number;
    /** Bytes of an interrupted backup of this device. */
    readonly draft?: number;
    readonly hasLinks?: boolean;
  }

  async function neededIn({ free, next, last, used, draft, hasLinks = true }: Next): Promise<unknown> {
    const ports = {
      disk: {
        free: () => Promise.resolve(free),
        freeWithPurgeable: () => Promise.resolve(undefined),
        placement: () => Promise.resolve(hasLinks ? [] : [{ code: 'library.no-hard-links', severity: 'warning', facts: {} }]),
      },
      phone: { udid: 'one', summary: () => Promise.resolve(used === undefined ? {} : { dataCapacity: 500 * GB, dataAvailable: 500 * GB - used }) },
      library: {
        entries: () => (last === 'unreadable' ? Promise.reject(new Error('EIO')) : Promise.resolve(last === undefined ? [] : [{ isComplete: true, kind: 'full', size: last }])),
        drafts: () => Promise.resolve([{ udid: 'one', isSetAside: false, bytes: draft ?? 0 }, { udid: 'one', isSetAside: true, bytes: 50 * GB }, { udid: 'two', isSetAside: false, bytes: 50 * GB }]),
      },
      nextBackup: () => (next ? Promise.resolve(next) : Promise.reject(new Error('no estimate'))),
    } as unknown as CheckPorts;
    return (await checks.find(({ id }) => id === 'space')?.run(ports))?.[0]?.facts['needed'];
  }
  const reserve = 128 << 20;

  it('is that of the estimate: new videos count, whatever share of the last backup they are', async () => {
    assert.equal(await neededIn({ free: 20 * GB, next: { total: 90 * GB, transfer: 30 * GB }, last: 60 * GB }), 30 * GB + reserve);
    assert.equal(await neededIn({ free: 20 * GB, next: { total: 600 * GB, transfer: 1 * GB }, last: 600 * GB }), undefined);
  });

  it('is that of a whole backup for a first one, which is less than what the device holds', async () => {
    assert.equal(await neededIn({ free: 20 * GB, next: { total: 40 * GB, transfer: undefined }, used: 80 * GB }), 40 * GB + reserve);
  });

  it('is without what an interrupted backup has brought already', async () => {
    assert.equal(await neededIn({ free: 20 * GB, used: 60 * GB, draft: 55 * GB }), undefined);
    assert.equal(await neededIn({ free: 20 * GB, used: 60 * GB, draft: 30 * GB }), 30 * GB + reserve);
  });

  it('holds the last backup once more on a disk without hard links', async () => {
    const next = { total: 60 * GB, transfer: 1 * GB };
    assert.equal(await neededIn({ free: 10 * GB, next, last: 60 * GB }), undefined);
    assert.equal(await neededIn({ free: 10 * GB, next, last: 60 * GB, hasLinks: false }), 61 * GB + reserve);
  });

  it('is guessed where there is no estimate: by the last backup, else by what the device holds', async () => {
    assert.equal(await neededIn({ free: 1 * GB, last: 60 * GB, used: 80 * GB }), 3 * GB + reserve);
    assert.equal(await neededIn({ free: 20 * GB, used: 80 * GB }), 80 * GB + reserve);
    assert.equal(await neededIn({ free: 20 * GB, used: 80 * GB, last: 'unreadable' }), undefined, 'a history that cannot be read is no empty one');
  });
});
