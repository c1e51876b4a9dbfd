import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { run } from '../interop/support/stage.ts';
import { seededNumbers } from './support/diagnosis/seeded.ts';
import { sideBySide } from './support/diagnosis/side-by-side.ts';
import { World, type WorldOptions } from './support/diagnosis/world.ts';
import { figure, numbers } from './support/sweep.ts';

const count = figure('HEALTHY', 30, 200);
const hour = 3_600_000;
/** Bytes of a virtual phone that no data can take. */
const systemCapacity = 8_016_551_936;

interface SetUp {
  readonly options: WorldOptions;
  readonly freeShare: number;
  readonly backupsMore: number;
  readonly isAsked: boolean;
}

/** Phones as people have them: old and new, half empty and well filled, with and without a passcode, encryption, iCloud. */
function setUpOf(seed: number): SetUp {
  const next = seededNumbers(seed);
  const oneOf = <T>(...choices: readonly T[]): T => choices[Math.floor(next() * choices.length)] as T;
  const charging = next() < 0.6;
  const cloudBackupEnabled = oneOf(true, true, undefined);
  return {
    options: {
      seed: 20 + (seed % 8),
      ios: oneOf('15.6', '16.0', '16.1', '16.7.10', '17.4.1', '18.5', '18.6', '26.0', '26.1', '27.0'),
      productType: oneOf('iPhone12,1', 'iPhone14,5', 'iPhone16,1', 'iPad13,18'),
      name: oneOf('Anna’s iPhone', 'iPhone', '爸爸的 iPhone', 'أيفون', 'x', 'Work [MDM] $(rm)'),
      language: oneOf('en', 'de', 'ja', 'ar', 'zh-Hans'),
      isEncrypted: next() < 0.4,
      hasNoBackup: next() < 0.2,
      connections: oneOf(['USB'] as const, ['USB'] as const, ['USB', 'Network'] as const),
      moods: {
        hasPasscode: next() < 0.8,
        findMy: next() < 0.5,
        supervised: false,
        charging,
        batteryLevel: charging ? 5 + Math.floor(next() * 96) : 35 + Math.floor(next() * 66),
        latency: Math.floor(next() * 4),
        unknownKeys: next() < 0.3,
        cloudBackupEnabled,
        lastCloudBackup: cloudBackupEnabled ? new Date(Date.now() - (1 + next() * 70) * hour) : undefined,
      },
    },
    freeShare: 0.05 + next() * 0.9,
    backupsMore: Math.floor(next() * 3),
    isAsked: next() < 0.5,
  };
}

async function alarmsOf(seed: number): Promise<string[]> {
  const { options, freeShare, backupsMore, isAsked } = setUpOf(seed);
  const world = await World.open(options);
  try {
    if (options.hasNoBackup === true) await mkdir(world.library, { recursive: true });
    else {
      world.moods({ freeSpace: Math.floor((world.phone.phone.identity.capacity - systemCapacity) * freeShare) });
      for (let more = 0; more < backupsMore; more++) {
        world.content.change();
        await world.engine().backup({ udid: world.udid, full: false, encryption: 'keep' }, run());
      }
    }
    if (isAsked) world.asked = world.udid;
    const { ranked, checks, isComplete } = await world.diagnose();
    assert.ok(isComplete);
    const unknown = checks.filter(({ state }) => state === 'unknown').map(({ check, reason }) => `unknown: ${check} (${reason})`);
    return [...ranked.filter(({ severity }) => severity !== 'info').map(({ row }) => row), ...unknown];
  } finally {
    await world.close();
  }
}

describe('the diagnosis of sound phones', function () {
  this.timeout(3_600_000);

  it(`raises no alarm in ${count} seeded set-ups, and finds everything out`, async () => {
    const seeds = numbers(count);
    const results = await sideBySide(seeds, alarmsOf);
    const alarms = results.flatMap((result, index) => {
      const told = result.status === 'rejected' ? [String(result.reason)] : result.value;
      return told.map((alarm) => `seed ${seeds[index]}: ${alarm}`);
    });
    assert.deepEqual(alarms, []);
  });
});
