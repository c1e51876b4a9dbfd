import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const source = (path: string): string => JSON.stringify(new URL(`../../../src/${path}`, import.meta.url).href);

/** Work that never ends, told to stop or not, with a scratch folder of its own. */
const stubborn = `
import { untilStopped } from ${source('cli/stop-signals.ts')};
import { makeScratch } from ${source('library/scratch.ts')};
import { Layout } from ${source('library/layout.ts')};
import { NodeFileSystem } from ${source('library/index.ts')};
await untilStopped(process, false, async (signal) => {
  await makeScratch({ fs: new NodeFileSystem(), layout: new Layout(process.argv[1]), isReadOnly: false, now: () => new Date() });
  signal.addEventListener('abort', () => console.log('told'));
  console.log('works');
  setInterval(() => {}, 1000);
  await new Promise(() => {});
});
`;

describe('cli: stopping', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'stop-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`cancels at the first ${signal} and says so; the next one ends what does not end, as cancelled and without scratch`, async () => {
      const child = spawn(process.execPath, ['--input-type=module', '--eval', stubborn, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
      try {
        let told = '';
        child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
        await once(child.stdout, 'data');
        assert.equal(readdirSync(join(folder, '.scratch')).length, 1);
        child.kill(signal);
        const [word] = (await once(child.stdout, 'data')) as [Buffer];
        assert.equal(word.toString(), 'told\n');
        assert.equal(child.exitCode, null, 'it goes on');
        child.kill('SIGINT');
        assert.deepEqual(await once(child, 'close'), [7, null]);
        assert.match(told, /Cancelling; press Ctrl-C again to stop at once\.\nStopped at once/);
        assert.deepEqual(existsSync(join(folder, '.scratch')) ? readdirSync(join(folder, '.scratch')) : [], []);
      } finally {
        child.kill('SIGKILL');
      }
    }).timeout(30_000);
  }
});
