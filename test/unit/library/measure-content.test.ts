import assert from 'node:assert/strict';
import { join } from 'node:path';
import { sizesByApp, sizesByCategory, sizesByDomain, type ContentSizes } from '../../../src/library/index.ts';
import { compileSelection, parseSelectionText } from '../../../src/selection/index.ts';
import { makeKeybag } from '../format/support/make-keybag.ts';
import { TestLibrary, testRequest } from './support/library.ts';
import type { TestFile } from './support/make-manifest.ts';
import { encryptFiles, runPhone, testUdid } from './support/phone.ts';
import { Dice, randomFiles, randomSelection, testApps } from './support/random-phone.ts';

const password = 'correct horse';

describe('library: what the files of a backup add up to', () => {
  const home = new TestLibrary();
  after(() => home.remove());
  const bag = makeKeybag({ password, rounds: 10, doubleRounds: 20 });
  const secrets = { keybag: bag.bytes, classKeys: bag.classKeys };
  const files = encryptFiles(randomFiles(new Dice('sizes'), 150), secrets);
  const selections = Array.from({ length: 20 }, (_, n) => randomSelection(new Dice(`selection ${n}`)));
  let sizes: ContentSizes;

  before(async () => {
    const library = await home.open();
    const draft = await library.startDraft({ ...testRequest, isEncrypted: true });
    await runPhone(draft.folder, { files, secrets });
    const { entry } = await draft.publish();
    await draft.close();
    const backup = await library.openBackup(join(entry.path, testUdid), password);
    sizes = await library.measureContent(backup, { selections, apps: testApps });
    await backup.close();
  });

  const sum = (some: readonly TestFile[]) => ({ bytes: some.reduce((total, { content }) => total + content.length, 0), files: some.length });

  it('is each selection by its own definition', () => {
    for (const [n, selection] of selections.entries()) {
      const matches = compileSelection(selection, testApps);
      const chosen = files.filter(({ domain, path, content }) => matches({ domain, relativePath: path, size: content.length, modified: 1_700_000_000 }));
      assert.deepEqual(sizes.selections[n], sum(chosen), `selection ${n}`);
    }
  });

  it('is whole: every file is in one cell', () => {
    assert.deepEqual({ bytes: sizes.bytes, files: sizes.files }, sum(files));
    assert.equal(sizes.cells.reduce((total, { files: count }) => total + count, 0), files.length);
    assert.equal(new Set(sizes.cells.map(({ domain, category }) => `${category} ${domain}`)).size, sizes.cells.length);
    for (const [domain, size] of sizesByDomain(sizes.cells)) assert.deepEqual(size, sum(files.filter((file) => file.domain === domain)));
  });

  it('is for a category and an app what choosing it takes', () => {
    for (const [id, size] of sizesByCategory(sizes.cells)) {
      const matches = compileSelection(parseSelectionText(id));
      assert.deepEqual(size, sum(files.filter(({ domain, path }) => matches({ domain, relativePath: path }))), id);
    }
    const app = sizesByApp(sizes.cells, testApps).get('com.example.notes');
    const matches = compileSelection(parseSelectionText('com.example.notes'), testApps);
    assert.deepEqual(app, sum(files.filter(({ domain, path }) => matches({ domain, relativePath: path }))));
    assert.ok(app && app.files > 5);
  });

  it('tells photos by their years', () => {
    const photos = sizes.cells.filter(({ category }) => category === 'pictures' || category === 'videos').reduce((total, { files: count }) => total + count, 0);
    assert.ok(photos > 0);
    assert.deepEqual(sizes.photoYears.map(({ year, files: count }) => [year, count]), [[2023, photos]]);
  });
});
