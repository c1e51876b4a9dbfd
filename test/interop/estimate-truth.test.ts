import assert from 'node:assert/strict';
import type { Estimate, SizeRange } from '../../src/shared/estimate.ts';
import type { PhoneContent } from '../../src/virtual-iphone/contract.ts';
import { encryptedOnly } from '../../src/virtual-iphone/content/index.ts';
import { Stage, run, type StagedPhone } from './support/stage.ts';

/*
 * Estimates of virtual phones of at most 30 MB beside what they then back up. The phones differ by their seed in what they
 * hold, in caches, system data, databases that grow, and photos that are in iCloud only; the estimator knows none of this.
 * `SWEEP=full` takes 100 phones.
 */
const seeds = process.env['SWEEP'] === 'full' ? 100 : 20;
const most = 30_000_000;
/** Every second phone is asked what it demands, every tenth demands what no phone can have. */
const absurd = [967_252_656_723n, 11_000_000_000_000n, -5n, 2n ** 62n];

interface Sample {
  readonly seed: number;
  readonly alone: Estimate;
  readonly truth: number;
  readonly later: Estimate;
  readonly laterTruth: number;
}

/** Bytes that a backup without encryption takes of a phone. */
function truthOf(content: PhoneContent): number {
  let bytes = 0;
  for (const item of content.items()) {
    if (item.kind !== 'file' || encryptedOnly(item)) continue;
    for (const chunk of content.read(item, 1 << 20)) bytes += chunk.length;
  }
  return bytes;
}

async function sampleOf(seed: number): Promise<Sample> {
  const stage = await Stage.open('/dev/shm');
  try {
    const claimed = seed % 10 === 0 ? absurd[(seed / 10) % absurd.length] : undefined;
    const phone: StagedPhone = await stage.phone({ seed, spec: { kind: 'small' }, moods: { purge: true, claimedUploadSize: claimed } });
    const engine = stage.engine(phone);
    await engine.pair({ udid: phone.udid, patience: 60_000 }, run());
    const asked = seed % 2 === 0 ? await engine.estimate({ udid: phone.udid, experiment: true }, run()) : undefined;
    const alone = await engine.estimate({ udid: phone.udid, experiment: false }, run());
    const truth = truthOf(phone.phone.content);
    if (asked) assert.deepEqual(asked.demand, { bytes: Number(claimed ?? phone.phone.content.totals.bytes), isPlausible: claimed === undefined }, `demand of ${seed}`);
    phone.phone.setMoods({ claimedUploadSize: undefined });
    await engine.backup({ udid: phone.udid, full: true, encryption: 'keep' }, run());
    phone.phone.advance(1 + (seed % 14));
    const later = await engine.estimate({ udid: phone.udid, experiment: false }, run());
    return { seed, alone, truth, later, laterTruth: truthOf(phone.phone.content) };
  } finally {
    await stage.close();
  }
}

const errorOf = ({ likely }: SizeRange, truth: number): number => Math.abs(likely - truth) / truth;
const holds = ({ low, high }: SizeRange, truth: number): boolean => low <= truth && truth <= high;

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const percent = (value: number): string => `${(value * 100).toFixed(2)} %`;

describe(`estimates of ${seeds} phones beside the truth`, function () {
  this.timeout(seeds * 60_000);
  const samples: Sample[] = [];

  before(async () => {
    for (let seed = 1; seed <= seeds; seed++) samples.push(await sampleOf(seed));
    if (process.env['SWEEP'] !== 'full') return;
    const alone = samples.map(({ alone, truth }) => errorOf(alone.total, truth));
    const later = samples.map(({ later, laterTruth }) => errorOf(later.total, laterTruth));
    const kept = (of: (sample: Sample) => boolean): number => samples.filter(of).length;
    process.stdout.write(`    phone alone: median ${percent(quantile(alone, 0.5))}, 95th ${percent(quantile(alone, 0.95))}, range holds ${kept(({ alone, truth }) => holds(alone.total, truth))}\n`);
    process.stdout.write(`    with a last backup: median ${percent(quantile(later, 0.5))}, worst ${percent(quantile(later, 1))}, range holds ${kept(({ later, laterTruth }) => holds(later.total, laterTruth))}\n`);
  });

  it('come from phones of at most 30 MB that differ', () => {
    for (const { truth, seed } of samples) assert.ok(truth <= most, `seed ${seed}: ${truth}`);
    const sizes = samples.map(({ truth }) => truth);
    assert.ok(Math.max(...sizes) > 2 * Math.min(...sizes));
  });

  it('are within 10 % in the median from the phone alone', () => {
    const error = quantile(samples.map(({ alone, truth }) => errorOf(alone.total, truth)), 0.5);
    assert.ok(error <= 0.1, percent(error));
  });

  it('state an uncertainty that holds in 95 of 100', () => {
    const failing = samples.filter(({ alone, truth }) => !holds(alone.total, truth));
    assert.ok(failing.length <= seeds * 0.05, failing.map(({ seed, alone, truth }) => `${seed}: ${JSON.stringify(alone.total)} ${truth}`).join('\n'));
  });

  it('state an uncertainty that says something: half as wide again as the backup, in the median', () => {
    const width = quantile(samples.map(({ alone, truth }) => (alone.total.high - alone.total.low) / truth), 0.5);
    assert.ok(width <= 1.5, percent(width));
  });

  it('are within 2 % with a last backup, and hold', () => {
    const wrong = samples.filter(({ later, laterTruth }) => errorOf(later.total, laterTruth) > 0.02);
    assert.ok(wrong.length <= seeds * 0.05, wrong.map(({ seed, later, laterTruth }) => `${seed}: ${JSON.stringify(later.total)} ${laterTruth}`).join('\n'));
    const failing = samples.filter(({ later, laterTruth }) => !holds(later.total, laterTruth));
    assert.ok(failing.length <= seeds * 0.05, failing.map(({ seed, later, laterTruth }) => `${seed}: ${JSON.stringify(later.total)} ${laterTruth}`).join('\n'));
  });

  it('have rows that add up, without a figure that is none', () => {
    for (const { alone, later } of samples) {
      for (const { rows } of [alone, later]) {
        for (const row of rows) {
          const { low, likely, high } = row.size;
          assert.ok(Number.isSafeInteger(low) && low >= 0 && low <= likely && likely <= high && Number.isSafeInteger(high), row.id);
          const children = rows.filter(({ parent }) => parent === row.id);
          if (children.length > 0) assert.equal(likely, children.reduce((sum, child) => sum + child.size.likely, 0), row.id);
        }
      }
    }
  });
});
