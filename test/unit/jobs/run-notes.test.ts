import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withRunNote } from '../../../src/jobs/run-notes.ts';
import { Library } from '../../../src/library/index.ts';
import type { JobRun } from '../../../src/jobs/api.ts';
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
    const failure = new DeviceError('mb.104', 'Anna’s iPhone', { subject: '/Users/anna', deviceText: 'Anna' });
    const work = async ({ listener }: JobRun): Promise<never> => {
      listener({ type: 'progress', progress: receiving });
      throw failure;
    };
    await assert.rejects(note(work), (error) => error === failure);
    const { runs } = await library.history();
    assert.deepEqual(runs.map(({ end }) => [end?.code, end?.phase]), [['mb.104', 'receiving']]);
    assert.doesNotMatch(await readFile(join(folder, udid, 'last-run.json'), 'utf8'), /anna|secret/i);
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
