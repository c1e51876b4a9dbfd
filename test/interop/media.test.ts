import assert from 'node:assert/strict';
import { lstat, readFile, readdir, symlink, writeFile, mkdir, utimes } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { MediaResult } from '../../src/jobs/api.ts';
import type { PhoneItem } from '../../src/virtual-iphone/contract.ts';
import { memoryFolder } from '../faults/support/memory-folder.ts';
import { Stage, run, type StagedPhone } from './support/stage.ts';
import { runCli, resultOf } from './support/cli.ts';

describe('media only', function () {
  this.timeout(180_000);
  let stage: Stage;
  beforeEach(async () => (stage = await Stage.open(memoryFolder())));
  afterEach(() => stage.close());

  async function paired(options: Parameters<Stage['phone']>[0] = {}): Promise<StagedPhone> {
    const phone = await stage.phone(options);
    await stage.engine(phone).pair({ udid: phone.udid, patience: 60_000 }, run());
    return phone;
  }

  const copy = (phone: StagedPhone, days: { after?: string; before?: string } = {}, job = run()): Promise<MediaResult> =>
    stage.engine(phone).copyMedia({ udid: phone.udid, folder: stage.path('photos'), ...days }, job);

  /** Photos, films, edits and sidecars of the phone by their path in the copy. */
  function photos({ phone }: StagedPhone): Map<string, PhoneItem> {
    const places = ['Media/DCIM/', 'Media/PhotoData/CPLAssets/', 'Media/PhotoData/Mutations/'];
    const items = [...phone.content.items()].filter(({ kind, domain, path }) => kind === 'file' && domain === 'CameraRollDomain' && places.some((place) => path.startsWith(place)));
    return new Map(items.map((item) => [item.path.slice('Media/'.length), item]));
  }

  async function filesBelow(folder: string): Promise<string[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => relative(folder, join(entry.parentPath, entry.name))).toSorted();
  }

  it('copies every photo, film, edit and sidecar byte for byte, with its date, and skips them the next time', async () => {
    const phone = await paired({ seed: 3, spec: { kind: 'demo' } });
    const expected = photos(phone);
    const result = await copy(phone);
    assert.deepEqual({ copied: result.copied, skipped: result.skipped, failed: result.failed }, { copied: expected.size, skipped: 0, failed: [] });
    assert.deepEqual(await filesBelow(result.folder), [...expected.keys()].toSorted());
    for (const [path, item] of expected) {
      const bytes = Buffer.concat([...phone.phone.content.read(item, 1 << 20)].map((chunk) => Buffer.from(chunk)));
      assert.ok(bytes.equals(await readFile(join(result.folder, path))), path);
      assert.equal(Math.floor((await lstat(join(result.folder, path))).mtimeMs / 1000), item.modified, path);
    }
    const extensions = new Set([...expected.keys()].map((path) => path.slice(path.lastIndexOf('.'))));
    for (const extension of ['.HEIC', '.MOV', '.AAE', '.JPG', '.PNG']) assert.ok(extensions.has(extension), extension);
    const again = await copy(phone);
    assert.deepEqual({ copied: again.copied, skipped: again.skipped, bytes: again.bytes }, { copied: 0, skipped: expected.size, bytes: 0 });
  });

  it('goes on where it was cancelled, with nothing half under its name', async () => {
    const phone = await paired({ seed: 3, spec: { kind: 'demo' } });
    const expected = photos(phone);
    const stop = new AbortController();
    const job = run(stop.signal);
    const cut = { ...job, listener: (event: Parameters<typeof job.listener>[0]) => void (event.type === 'progress' && event.progress.bytes > 20_000_000 && stop.abort()) };
    await assert.rejects(copy(phone, {}, cut), { code: 'cancelled.host' });
    const before = await filesBelow(stage.path('photos'));
    const whole = before.filter((path) => !path.endsWith('.part'));
    assert.ok(whole.length > 0 && whole.length < expected.size, `${whole.length} of ${expected.size}`);
    for (const path of whole) assert.equal((await lstat(stage.path('photos', path))).size, expected.get(path)?.size, path);
    const result = await copy(phone);
    assert.deepEqual({ copied: result.copied, skipped: result.skipped }, { copied: expected.size - whole.length, skipped: whole.length });
    assert.deepEqual(await filesBelow(stage.path('photos')), [...expected.keys()].toSorted());
  });

  it('keeps what belongs to one photo together when days are chosen', async () => {
    const phone = await paired({ seed: 3, spec: { kind: 'demo' } });
    await copy(phone, { after: '2025-06-01', before: '2026-03-31' });
    const got = await filesBelow(stage.path('photos'));
    assert.ok(got.length > 10 && got.length < photos(phone).size);
    const all = [...photos(phone).keys()];
    const stem = (path: string): string => path.replace(/^.*\/(\d{3}APPLE)\/IMG_E?(\d{4}).*$/, '$1/$2');
    const stems = new Set(got.map(stem));
    assert.deepEqual(got, all.filter((path) => stems.has(stem(path))).toSorted());
    for (const path of got.filter((each) => each.endsWith('.HEIC'))) {
      const day = new Date((photos(phone).get(path)?.modified ?? 0) * 1000);
      assert.ok(day >= new Date(2025, 5, 1) && day < new Date(2026, 3, 1), path);
    }
  });

  it('keeps hostile names inside the folder and legal everywhere', async () => {
    const phone = await paired();
    const names = ['CON.JPG', 'a:b?*.JPG', 'end. ', `${'x'.repeat(240)}.HEIC`, '..JPG', 'back\\slash.JPG', 'new\nline.JPG', '\u202egnp.JPG'];
    for (const name of names) phone.phone.mediaFiles.set(`DCIM/100APPLE/${name}`, Buffer.from(name));
    const result = await copy(phone);
    assert.deepEqual(result.failed, []);
    const contents = new Map(await Promise.all((await readdir(stage.path('photos', 'DCIM', '100APPLE'))).map(async (name) => [await readFile(stage.path('photos', 'DCIM', '100APPLE', name), 'utf8'), name] as const)));
    for (const name of names) {
      const given = contents.get(name);
      assert.ok(given !== undefined, `${JSON.stringify(name)} was copied`);
      assert.doesNotMatch(given, /[\\:?*\n]|[. ]$|^con\./i);
    }
    assert.deepEqual((await readdir(stage.folder)).toSorted(), ['library', 'photos']);
  });

  it('never writes through a link, and overwrites nothing of the person\'s', async () => {
    const phone = await paired({ seed: 3, spec: { kind: 'demo' } });
    const [first = ''] = [...photos(phone).keys()].filter((path) => path.startsWith('DCIM/'));
    await mkdir(stage.path('elsewhere'));
    await mkdir(stage.path('photos', 'DCIM', '100APPLE'), { recursive: true });
    await symlink(stage.path('elsewhere'), stage.path('photos', 'PhotoData'));
    await writeFile(stage.path('photos', first), 'my own picture of this name');
    await utimes(stage.path('photos', first), 1, 1);
    const result = await copy(phone);
    assert.deepEqual(await readdir(stage.path('elsewhere')), []);
    assert.deepEqual(result.failed.toSorted(), [...photos(phone).keys()].filter((path) => path.startsWith('PhotoData/')).map((path) => `/${path}`).toSorted());
    assert.equal(phone.phone.mediaFiles.size, 0, 'nothing is written to the phone');
    assert.equal(await readFile(stage.path('photos', first), 'utf8'), 'my own picture of this name');
    assert.equal((await readdir(stage.path('photos', 'DCIM', '100APPLE'))).length, [...photos(phone).keys()].filter((path) => path.startsWith('DCIM/')).length + 1);
  });

  it('is a command', async () => {
    const phone = await paired();
    const args = ['media', '--muxer', phone.address, '--library', stage.path('library')];
    const told = resultOf(await runCli([...args, '--json']));
    assert.equal(told['copied'], photos(phone).size);
    assert.deepEqual(await filesBelow(stage.path('library', phone.udid, 'media')), [...photos(phone).keys()].toSorted());
    const spoken = await runCli(args);
    assert.match(spoken.stdout, /^Copied 0 files .* were there already\.$/m);
    assert.equal((await runCli([...args, '--after', '2025-02-30'])).code, 2);
  });
});
