import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnosedWords } from '../../src/diagnosis/diagnosed-words.ts';
import { keptDiagnosis } from '../../src/diagnosis/kept-run.ts';
import { english } from '../../src/diagnosis/words.ts';
import { World } from './support/diagnosis/world.ts';

describe('the history of a run that failed', function () {
  this.timeout(60_000);
  let world: World;
  beforeEach(async () => (world = await World.open({ name: 'Anna’s iPhone' })));
  afterEach(() => world.close());

  it('tells in a new window why: the cause as it was seen then, the next step, and nothing that names a person', async () => {
    world.moods({ batteryLevel: 12, charging: false, claimedUploadSize: 90_000_000_000_000n, purge: true });
    const failed = await world.backupFails();
    const { ranked } = await world.diagnose(failed);
    // Then all is well again: what was seen is gone.
    world.moods({ batteryLevel: 90, charging: true, claimedUploadSize: undefined, purge: false });
    const [run] = (await world.engine().history()).runs;
    assert.ok(run?.end);
    const kept = keptDiagnosis(run);
    assert.equal(kept[0]?.row, 'space.overstated');
    assert.deepEqual(kept[0], ranked[0]);
    assert.ok(kept.some(({ row, facts }) => row === 'power.low' && facts['percent'] === 12), kept.map(({ row }) => row).join(', '));
    const { sentence, steps } = diagnosedWords(kept[0], { translate: english });
    assert.match(sentence, /The device asks for .* TB, though it holds no more than/);
    assert.ok(steps.length > 1);
    const note = await readFile(join(world.library, world.udid, 'last-run.json'), 'utf8');
    for (const personal of ['Anna', world.stage.folder, world.udid]) assert.ok(!note.includes(personal), personal);
  });

  it('stays as it was when somebody looks again later', async () => {
    world.moods({ snapshotLeftover: true });
    const failed = await world.backupFails();
    await world.diagnose(failed);
    world.moods({ snapshotLeftover: false, batteryLevel: 3, charging: false });
    await world.diagnose(failed);
    const [run] = (await world.engine().history()).runs;
    assert.deepEqual(run && keptDiagnosis(run).map(({ row }) => row).includes('power.low'), false);
  });
});
