import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerAt } from '../../../src/estimate/index.ts';
import { noteAppSizes, readAppSizes } from '../../../src/jobs/app-sizes.ts';
import { appOf, daysAgo, now } from '../estimate/support/facts.ts';

describe('what phones told of their apps', () => {
  const udid = 'phone';
  let library: string;
  beforeEach(async () => {
    library = await mkdtemp(join(tmpdir(), 'library-'));
    await mkdir(join(library, udid));
  });
  afterEach(() => rm(library, { recursive: true, force: true }));

  const note = async (date: Date, bytes: number): Promise<void> => noteAppSizes(library, udid, await readAppSizes(library, udid), date, [appOf('com.example.a', bytes), appOf('com.example.b', undefined)]);

  it('is kept, the latest dozen, once an hour', async () => {
    for (let day = 20; day > 0; day--) await note(daysAgo(day), day);
    await note(now, 500);
    await note(new Date(now.getTime() + 1000), 501);
    const known = await readAppSizes(library, udid);
    assert.equal(known.length, 12);
    assert.deepEqual([...(known.at(-1)?.apps ?? [])], [['com.example.a', 501]]);
    assert.deepEqual(await readdir(join(library, udid)), ['app-sizes.json']);
  });

  it('counts for nothing when the file is damaged, of another shape or hostile', async () => {
    const hostile = ['', '{', '[]', 'null', '{"asked":5}', '{"asked":[null,5,{},{"date":"x","apps":{}}]}', '{"asked":[{"date":"2026-01-01","apps":{"a":-1,"b":"c","d":1e999,"__proto__":{}}}]}'];
    for (const text of hostile) {
      await writeFile(join(library, udid, 'app-sizes.json'), text);
      for (const { apps } of await readAppSizes(library, udid)) assert.equal(apps.size, 0);
    }
    assert.deepEqual(await readAppSizes(library, 'nobody'), []);
  });

  it('is not kept where nothing can be written', async () => {
    await noteAppSizes(join(library, 'missing'), udid, [], now, []);
    await chmod(join(library, udid), 0o500);
    await noteAppSizes(library, udid, [], now, []);
    await chmod(join(library, udid), 0o700);
  });

  it('tells of a backup that was made about then', () => {
    const answers = [10, 5, 1].map((days) => ({ date: daysAgo(days), apps: new Map() }));
    assert.equal(answerAt(answers, daysAgo(5.4)), answers[1]);
    assert.equal(answerAt(answers, daysAgo(30)), undefined);
  });
});
