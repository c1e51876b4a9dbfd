import assert from 'node:assert/strict';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { root } from './support/used-strings.ts';

const entry = 'src/extension.ts';

/** Rooms that work for jobs in workers; presenters may take single tables of the others. */
const rooms = ['plist', 'format', 'device', 'mobilebackup2', 'library', 'contents', 'virtual-iphone'];

describe('what the editor loads to activate the extension', function () {
  this.timeout(20_000);
  let loaded: Map<string, Metafile['inputs'][string]>;

  before(async () => {
    const { metafile } = await build({ ...bundled, absWorkingDir: root, entryPoints: [entry], metafile: true });
    loaded = closure(metafile);
  });

  it('is code of this project only', () => {
    assert.deepEqual([...loaded.keys()].filter((path) => !path.startsWith('src/')), []);
  });

  it('holds no reader, protocol or library: they are loaded by workers', () => {
    assert.deepEqual([...loaded.keys()].filter((path) => rooms.some((room) => path.startsWith(`src/${room}/`))), []);
  });

  it('holds no knowledge of failures, and nothing of the network', () => {
    assert.deepEqual([...loaded.keys()].filter((path) => path.startsWith('src/diagnosis/knowledge/')), []);
    const outside = [...loaded.values()].flatMap(({ imports }) => imports.filter(({ external }) => external).map(({ path }) => path));
    assert.deepEqual(outside.filter((path) => /^node:(net|tls|http|https|sqlite|worker_threads)$/.test(path)), []);
  });
});

const bundled = {
  bundle: true,
  write: false,
  outdir: 'dist',
  platform: 'node',
  format: 'cjs',
  external: ['vscode'],
  mainFields: ['module', 'main'],
  define: { 'import.meta.url': 'moduleUrl' },
} satisfies BuildOptions;

/** The modules that the entry needs without a dynamic import. */
function closure({ inputs }: Metafile): Map<string, Metafile['inputs'][string]> {
  const found = new Map<string, Metafile['inputs'][string]>();
  const visit = (path: string): void => {
    const input = inputs[path];
    if (!input || found.has(path)) return;
    found.set(path, input);
    for (const { path: next, kind, external } of input.imports) if (kind !== 'dynamic-import' && external !== true) visit(next);
  };
  visit(entry);
  return found;
}
