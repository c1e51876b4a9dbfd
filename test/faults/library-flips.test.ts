import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { memoryFolder } from './support/memory-folder.ts';
import { join } from 'node:path';
import { Library, type HistoryEntry } from '../../src/library/index.ts';
import { put, runPhone, testFiles, testUdid } from '../unit/library/support/phone.ts';
import { testRequest } from '../unit/library/support/library.ts';
import { FaultFileSystem } from './support/fault-file-system.ts';
import { figure, numbers, swept, testLimit } from './support/sweep.ts';

const flips = figure('BIT_FLIPS', 1000, 10_000);

/** One bit changes somewhere in a backup, its lists and its record: verification finds every one, and nothing on clean ones. */
describe('faults: single-bit flips', function () {
  this.timeout(testLimit(240_000));
  const root = mkdtempSync(join(memoryFolder(), 'flips-'));
  let library: Library;
  let entry: HistoryEntry;
  before(async () => {
    library = await Library.open(root, new FaultFileSystem({}).fs);
    const draft = await library.startDraft(testRequest);
    await put(draft.folder, `${testUdid}/Info.plist`, Buffer.from('information '.repeat(40)));
    await runPhone(draft.folder, { files: testFiles(12) });
    entry = (await draft.publish()).entry;
    await draft.close();
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const isGood = async (): Promise<boolean> => (await library.verify(entry, { level: 'bytes' })).damage.length === 0;

  it(`finds ${flips} of ${flips}`, async () => {
    const files = filesBelow(entry.path);
    let seed = 42;
    const random = (limit: number): number => (seed = (seed * 48_271) % 2_147_483_647) % limit;
    for (const _ of swept('bit flips', numbers(flips))) {
      const path = files[random(files.length)]!;
      const bit = random(statSync(path).size * 8);
      const before = flip(path, bit);
      assert.equal(await isGood(), false, `bit ${bit} of ${path} was not found`);
      writeFileSync(path, before);
    }
    assert.equal(await isGood(), true);
  });

  it('raises no false alarm', async () => {
    for (let round = 0; round < 20; round++) assert.equal(await isGood(), true);
  });
});

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((item) => (item.isFile() ? [join(item.parentPath, item.name)] : []));

/** Answers the content before. */
function flip(path: string, bit: number): Buffer {
  const before = readFileSync(path);
  const bytes = Buffer.from(before);
  bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  chmodSync(path, 0o600);
  writeFileSync(path, bytes);
  return before;
}
