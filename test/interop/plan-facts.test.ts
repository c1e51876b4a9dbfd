import assert from 'node:assert/strict';
import { parseTerm } from '../../src/selection/index.ts';
import { run, Stage } from './support/stage.ts';

describe('what plans are told of devices and backups', function () {
  this.timeout(180_000);
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.open();
  });
  afterEach(() => stage.close());

  it('is the apps of the phone by name, and the sizes of its last backup', async () => {
    const phone = await stage.phone();
    const engine = stage.engine(phone);
    const before = await engine.planFacts({});
    assert.deepEqual([before.from, before.apps, before.domains], [undefined, [], []], 'not paired, no backup');
    assert.deepEqual(before.devices.map(({ udid }) => udid), [phone.udid]);
    await engine.pair({ udid: phone.udid, patience: 60_000 }, run());
    const entry = await engine.backup({ udid: phone.udid, full: true, encryption: 'keep' }, run());
    const facts = await engine.planFacts({ udid: phone.udid });
    const userApps = phone.phone.content.apps().filter(({ type }) => type === 'User');
    for (const { bundleId, name } of userApps) assert.equal(facts.apps.find((app) => app.bundleId === bundleId)?.name, name);
    assert.deepEqual([facts.from?.id, facts.devices.length], [entry.id, 1]);
    assert.ok((facts.diskFree ?? 0) > 0);
    const { ahead } = facts;
    assert.ok(ahead && !ahead.isEncrypted && Math.abs(ahead.total.likely / entry.size - 1) < 0.2, JSON.stringify(ahead));
    assert.ok(ahead.transfer.likely < ahead.total.likely, 'only what changes');
    assert.equal(facts.domains.reduce((sum, { files }) => sum + files, 0), entry.files);
    const selections = facts.categories.map(({ id }) => ({ include: [parseTerm(id)], exclude: [] }));
    const measured = await engine.measureSelections({ entry: { udid: phone.udid, id: entry.id }, selections });
    assert.deepEqual(facts.categories.map(({ bytes, files }) => ({ bytes, files })), measured);
  });

  it('is told of an encrypted backup only with its password, and of another device nothing', async () => {
    const phone = await stage.phone();
    const engine = stage.engine(phone);
    await engine.pair({ udid: phone.udid, patience: 60_000 }, run());
    await engine.backup({ udid: phone.udid, full: true, encryption: 'on', password: 'pass phrase' }, run());
    for (const password of [undefined, 'wrong']) assert.equal((await engine.planFacts({ password })).from, undefined);
    const facts = await engine.planFacts({ password: 'pass phrase' });
    assert.ok(facts.from && facts.domains.some(({ name }) => name === 'KeychainDomain'));
    const other = await engine.planFacts({ udid: 'f'.repeat(40), password: 'pass phrase' });
    assert.deepEqual([other.from, other.apps], [undefined, []]);
  });

  it('does without a muxer', async () => {
    const phone = await stage.phone();
    const engine = stage.engine({ ...phone, address: '127.0.0.1:1' });
    const { devices, apps } = await engine.planFacts({});
    assert.deepEqual([devices, apps], [[], []]);
  });
});
