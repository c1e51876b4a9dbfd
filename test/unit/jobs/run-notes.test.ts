import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noteDiagnosis, withRunNote } from '../../../src/jobs/run-notes.ts';
import { Library } from '../../../src/library/index.ts';
import type { JobRun } from '../../../src/jobs/api.ts';
import type { Diagnosed, FailedRun } from '../../../src/shared/diagnosis-report.ts';
import { DeviceError, HostError } from '../../../src/shared/errors.ts';

const udid = '00008130-0000000000000001';

describe('the note of a run', () => {
  let folder: string;
  let library: Library;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'run-notes-'));
    library = await Library.open(folder);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const silent: JobRun = { signal: new AbortController().signal, listener: () => undefined };
  const note = <T>(work: (run: JobRun) => Promise<T>): Promise<T> => withRunNote({ library, udid, job: 'backup' }, silent, work);
  const receiving = { phase: 'receiving', fraction: undefined, bytes: 1, files: 1, rate: undefined, remaining: undefined, domain: 'secret/place' } as const;

  it('is there while the run goes on, and gone when all went well', async () => {
    await note(async () => {
      const during = await library.lastRun(udid);
      assert.deepEqual([during?.job, during?.end], ['backup', undefined]);
    });
    assert.equal(await library.lastRun(udid), undefined);
  });

  it('tells how it failed and where, and nothing that names a person', async () => {
    const failure = new DeviceError('mb.104', 'Anna’s iPhone', { subject: '/Users/anna', deviceText: 'Anna', facts: { needed: 5, name: 'Anna' } });
    const work = async ({ listener }: JobRun): Promise<never> => {
      listener({ type: 'progress', progress: receiving });
      throw failure;
    };
    await assert.rejects(note(work), (error) => error === failure);
    const { runs } = await library.history();
    assert.deepEqual(runs.map(({ end }) => [end?.code, end?.phase, end?.facts]), [['mb.104', 'receiving', { needed: 5 }]]);
    assert.doesNotMatch(await readFile(join(folder, udid, 'last-run.json'), 'utf8'), /anna|secret/i);
  });

  it('keeps no word of the device as a code', async () => {
    for (const [code, kept] of [['lockdown.Anna’s iPhone', 'lockdown.other'], ['Anna', 'device.other'], ['mb.-3', 'mb.-3']] as const) {
      await assert.rejects(note(() => Promise.reject(new DeviceError(code, 'odd'))));
      assert.equal((await library.lastRun(udid))?.end?.code, kept);
    }
  });

  it('keeps what a look around named first, and nothing that names a person', async () => {
    await assert.rejects(note(() => Promise.reject(new DeviceError('mb.105', 'no room'))));
    const failed: FailedRun = { job: 'backup', error: { kind: 'device', code: 'mb.105' }, phase: undefined, notices: [], started: undefined };
    const seen = (row: string, facts: Diagnosed['facts'], severity: Diagnosed['severity'] = 'warning'): Diagnosed => ({ row, severity, facts });
    await noteDiagnosis(library, udid, { ...failed, job: 'restore' }, [seen('other.run', {})]);
    const ranked = [seen('space.host', { needed: 9e9, folder: '/home/anna', ios: '18.5', provider: 'Anna' }, 'blocker'), seen('a.note', {}, 'info'), seen('power.low', { percent: 12 })];
    await noteDiagnosis(library, udid, failed, ranked);
    await noteDiagnosis(library, udid, failed, [seen('later.look', {})]);
    library = await Library.open(folder);
    const kept = (await library.lastRun(udid))?.end?.diagnosis;
    assert.deepEqual(kept, [seen('space.host', { needed: 9e9, ios: '18.5' }, 'blocker'), seen('power.low', { percent: 12 })]);
    assert.doesNotMatch(await readFile(join(folder, udid, 'last-run.json'), 'utf8'), /anna/i);
  });

  it('that was changed by others is read with care', async () => {
    await library.noteRun({ udid, job: 'backup', started: new Date(), end: undefined });
    const begun = { format: 1, job: 'backup', started: '2026-01-01', ended: '2026-01-01', code: 'mb.1' };
    const wrong = { subject: '/home/anna', facts: { __proto__: 1, a: Number.MAX_VALUE, b: { c: 1 }, name: 'Anna' }, notices: [1, 'x'.repeat(999)], diagnosis: [7, {}, { row: 'a', severity: 'fatal' }, { row: 'a.b', severity: 'info', facts: [] }] };
    await writeFile(join(folder, udid, 'last-run.json'), JSON.stringify({ ...begun, ...wrong }));
    const end = (await library.lastRun(udid))?.end;
    assert.deepEqual(end, { at: new Date('2026-01-01'), code: 'mb.1', phase: undefined, facts: { a: Number.MAX_VALUE }, notices: ['x'.repeat(64)], diagnosis: [{ row: 'a.b', severity: 'info', facts: {} }] });
  });

  it('of a run that found another at work leaves that one’s', async () => {
    const began = new Date('2026-01-02T03:04:05Z');
    await library.noteRun({ udid, job: 'backup', started: began, end: undefined });
    await assert.rejects(note(() => Promise.reject(new HostError('host.locked', 'in use'))));
    const last = await library.lastRun(udid);
    assert.deepEqual([last?.started, last?.end], [began, undefined]);
  });

  it('that nobody can write hinders nothing', async () => {
    await library.noteRun({ udid, job: 'backup', started: new Date(), end: undefined });
    await writeFile(join(folder, 'library.json'), '{"format":99}');
    library = await Library.open(folder);
    assert.equal(await note(async () => 'done'), 'done');
  });

  it('that cannot be read is none', async () => {
    await library.noteRun({ udid, job: 'backup', started: new Date(), end: undefined });
    for (const text of ['', '[]', '{"format":1}', '{"format":2,"job":"backup","started":"2026-01-01"}', '{"format":1,"job":7,"started":"yesterday"}']) {
      await writeFile(join(folder, udid, 'last-run.json'), text);
      assert.equal(await library.lastRun(udid), undefined, text);
    }
  });
});
