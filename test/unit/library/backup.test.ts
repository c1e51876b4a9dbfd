import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Library, type DraftRequest } from '../../../src/library/index.ts';
import { idOf } from './support/make-manifest.ts';
import { put, runPhone, testFiles, testUdid } from './support/phone.ts';

const request: DraftRequest = {
  udid: testUdid,
  deviceName: 'Test iPhone',
  productType: 'iPhone16,1',
  iosVersion: '17.4',
  isForcedFull: false,
  isEncrypted: false,
};

describe('library: backups', () => {
  let root = '';
  let library: Library;
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'library-'));
    library = await Library.open(root);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const check = (path: string): string => execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'checksums.sha256'], { cwd: path, encoding: 'utf8' });

  it('publishes a full and an incremental backup that sha256sum finds good', async () => {
    const first = testFiles(40);
    const draft = await library.startDraft(request);
    await put(draft.folder, `${testUdid}/Info.plist`, Buffer.from('info'));
    await runPhone(draft.folder, { files: first });
    const { entry, missing } = await draft.publish({ duration: 3 });
    assert.equal(missing, 0);
    assert.deepEqual({ kind: entry.kind, files: entry.files, isComplete: entry.isComplete }, { kind: 'full', files: 40, isComplete: true });
    assert.equal(check(entry.path), '');

    const second = [...first.slice(1, 39), { ...first[39]!, content: Buffer.from('changed') }, ...testFiles(41).slice(40)];
    const next = await library.startDraft(request);
    await runPhone(next.folder, { files: second, before: first });
    const result = await next.publish();
    assert.equal(check(result.entry.path), '');
    assert.equal(check(entry.path), '');
    assert.equal(result.entry.kind, 'incremental');
    assert.equal(result.entry.files, 40);

    const kept = idOf(first[5]!.domain, first[5]!.path);
    assert.equal(statSync(join(result.entry.path, testUdid, kept.slice(0, 2), kept)).nlink, 2);
    assert.deepEqual((await library.entries()).map(({ id }) => id), [result.entry.id, entry.id]);
    assert.deepEqual(readdirSync(result.entry.path).toSorted(), [testUdid, 'backup.json', 'checksums.sha256'].toSorted());
  });

  it('resumes an interrupted run and publishes it', async () => {
    const files = testFiles(10);
    const draft = await library.startDraft(request);
    await runPhone(draft.folder, { files, until: 'uploading' });
    await draft.close();
    assert.deepEqual(await library.entries(), []);
    const again = await library.startDraft(request);
    assert.equal(again.start.resumed?.dropped, 0);
    assert.equal(again.start.resumed?.files, 13);
    const names = await again.folder.list(`${testUdid}/Snapshot`);
    assert.ok(names.some(({ name }) => name === 'Manifest.db'));
    await runPhone(again.folder, { files });
    const { entry } = await again.publish();
    assert.equal(check(entry.path), '');
  });
});
