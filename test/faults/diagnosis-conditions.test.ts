import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { diagnosedWords } from '../../src/diagnosis/diagnosed-words.ts';
import { quietChecks } from '../../src/diagnosis/device-status.ts';
import { english } from '../../src/diagnosis/words.ts';
import type { Moods } from '../../src/virtual-iphone/index.ts';
import { run } from '../interop/support/stage.ts';
import { World, type WorldOptions } from './support/diagnosis/world.ts';

const hour = 3_600_000;

describe('the conditions of a backup that runs by itself', function () {
  this.timeout(120_000);
  let world: World | undefined;
  afterEach(async () => await world?.close());

  /** The first words of each line of the checklist, with its mark, in the finding of a row. */
  async function linesOf(row: string, moods: Partial<Moods>, options: WorldOptions = {}): Promise<string[]> {
    world = await World.open(options);
    world.moods(moods);
    const { ranked } = await world.diagnose();
    const found = ranked.find((each) => each.row === row);
    assert.ok(found, `${row} in ${ranked.map((each) => each.row).join(', ')}`);
    return diagnosedWords(found, { translate: english }).steps.flatMap(({ text }) => /^[✓✗?] [^:]+/.exec(text)?.[0] ?? []);
  }

  it('are told line by line: what is seen, what is not so, what cannot be seen', async () => {
    const lines = await linesOf('cloud.nightly', { charging: true, locked: false, lastCloudBackup: new Date(Date.now() - 30 * hour) });
    assert.deepEqual(lines, ['✓ iCloud Backup is on', '✓ On power', '✗ Screen locked', '? On Wi-Fi', '✓ Due', '✓ Room in iCloud', '? Low Power Mode off']);
  });

  it('follow the phone: no power, locked, in the network, a backup of today', async () => {
    const lines = await linesOf('cloud.not-now', { charging: false, locked: true, lastCloudBackup: new Date(Date.now() - 2 * hour) }, { connections: ['USB', 'Network'] });
    assert.deepEqual(lines.slice(0, 5), ['✓ iCloud Backup is on', '✗ On power', '✓ Screen locked', '✓ On Wi-Fi', '✗ Due']);
  });

  it('claim nothing of a phone that does not tell whether iCloud Backup is on', async () => {
    const lines = await linesOf('cloud.stale', { cloudBackupEnabled: undefined, lastCloudBackup: new Date(Date.now() - 30 * 24 * hour) });
    assert.equal(lines[0], '? iCloud Backup is on');
  });

  it('are listed for a phone that tells nothing of iCloud, with what could not be found out', async () => {
    const lines = await linesOf('cloud.nightly', { cloudBackupEnabled: undefined, lastCloudBackup: undefined, charging: false, locked: false });
    assert.deepEqual(lines, ['? iCloud Backup is on', '✗ On power', '✗ Screen locked', '? On Wi-Fi', '? Due', '✓ Room in iCloud', '? Low Power Mode off']);
  });

  it('are unknown for a phone that refuses every value, but for the size of its last backup', async () => {
    const lines = await linesOf('cloud.nightly', { refuseValues: true });
    for (const line of ['? iCloud Backup is on', '? On power', '? Due', '✓ Room in iCloud']) assert.ok(lines.includes(line), lines.join(', '));
  });

  it('reckon with what the next backup will hold, which the phone tells where there is none yet', async () => {
    world = await World.open({ hasNoBackup: true });
    const { phone } = world.phone;
    world.moods({ freeSpace: phone.identity.capacity - 8_016_551_936 - 12_000_000_000 });
    const needed = (await world.diagnose()).ranked.find(({ row }) => row === 'cloud.too-large')?.facts['needed'];
    assert.ok(typeof needed === 'number' && needed > 5e9 && needed < 12_000_000_000, String(needed));
  });

  it('take a full battery on a charger for power', async () => {
    world = await World.open();
    world.phone.phone.setValue('com.apple.mobile.battery', 'BatteryIsCharging', false);
    world.phone.phone.setValue('com.apple.mobile.battery', 'ExternalConnected', true);
    const { ranked } = await world.diagnose();
    const rows = ranked.map(({ row }) => row);
    assert.ok(rows.includes('cloud.nightly') && !rows.includes('cloud.not-now'), rows.join(', '));
  });

  it('are seen without a word written to the disk when nobody asked', async () => {
    world = await World.open();
    const { library, udid } = world;
    const written: string[] = [];
    world.onDisk = (operation) => {
      if (['open', 'write', 'writeFileAtomically', 'link', 'rename', 'remove'].includes(operation)) written.push(operation);
      return Promise.resolve();
    };
    const quiet = await world.engine().diagnose({ udid, checks: quietChecks }, run());
    assert.deepEqual(written, []);
    assert.equal(quiet.checks.find(({ check }) => check === 'folder')?.state, 'good', library);
    await world.engine().diagnose({ udid }, run());
    assert.ok(written.length > 0);
    assert.ok(!existsSync(join(library, udid, 'app-sizes.json')), 'an estimate for the checks leaves no trace');
  });

  it('do not hide from who did not ask that the folder lies in a wrong place', async () => {
    world = await World.open();
    await mkdir(world.stage.path('.git'));
    const { ranked } = await world.engine().diagnose({ udid: world.udid, checks: quietChecks }, run());
    assert.ok(ranked.some(({ row }) => row === 'library.in-git'), ranked.map(({ row }) => row).join(', '));
  });
});
