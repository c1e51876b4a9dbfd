import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { floors, reasons } from '../../scripts/lint/borders.mjs';

type Reason = keyof typeof reasons;

/** A file, what it imports, and the border that this crosses; `undefined` where it is allowed. */
const cases: readonly (readonly [file: string, specifier: string, reason: Reason | undefined])[] = [
  ['src/library/lock.ts', '../jobs/api.ts', 'floors'],
  ['src/jobs/work.ts', '../vscode/log.ts', 'floors'],
  ['src/vscode/views/tree.ts', '../../cli/format.ts', 'floors'],
  ['src/cli/show.ts', '../vscode/log.ts', 'floors'],
  ['src/cli.ts', './vscode/log.ts', 'floors'],
  ['src/device/mux/list.ts', '../../selection/category.ts', 'floors'],
  ['src/shared/words.ts', '../plist/index.ts', 'floors'],
  ['src/format/keybag/unwrap.ts', '../../device/types.ts', 'floors'],
  ['src/jobs/backup.ts', '../library/types.ts', undefined],
  ['src/vscode/commands/back-up.ts', '../../jobs/api.ts', undefined],
  ['src/vscode/commands/show.ts', '../jobs/running.ts', undefined],

  ['src/estimate/sizes.ts', '../virtual-iphone/index.ts', 'phone'],
  ['src/device/link/tls.ts', '../../virtual-iphone/tls/server.ts', 'phone'],
  ['src/extension.ts', './virtual-iphone/index.ts', 'phone'],
  ['src/cli/backup.ts', '../virtual-iphone/index.ts', 'phone'],
  ['src/cli/virtual.ts', '../virtual-iphone/index.ts', undefined],
  ['src/virtual-iphone/phone.ts', '../device/types.ts', 'phone'],
  ['src/virtual-iphone/mobilebackup2/backup/run.ts', '../../../mobilebackup2/device-link.ts', 'phone'],
  ['src/virtual-iphone/services/start.ts', '../mobilebackup2/agent.ts', undefined],
  ['src/virtual-iphone/crypto/write.ts', '../../format/keybag.ts', 'phoneFormat'],
  ['src/virtual-iphone/crypto/names.ts', '../../format/names.ts', undefined],
  ['src/virtual-iphone/values.ts', '../plist/index.ts', undefined],

  ['src/jobs/ask.ts', 'vscode', 'editor'],
  ['src/cli/ask.ts', 'vscode', 'editor'],
  ['src/shared/ask.ts', 'vscode', 'editor'],
  ['src/vscode/status.ts', 'vscode', undefined],
  ['src/extension.ts', 'vscode', undefined],

  ['src/library/clone.ts', 'node:fs', 'disk'],
  ['src/library/history/read.ts', 'node:fs/promises', 'disk'],
  ['src/library/node-file-system.ts', 'node:fs', undefined],
  ['src/mobilebackup2/receive.ts', 'node:fs', 'wire'],
  ['src/mobilebackup2/operations/write.ts', 'fs/promises', 'wire'],

  ['src/jobs/list.ts', 'appium-ios-device', 'appium'],
  ['src/library/list.ts', 'appium-ios-device/build/lib/usbmux/index.js', 'appium'],
  ['src/device/values/ask.ts', 'appium-ios-device/build/lib/lockdown/index.js', undefined],

  ['webview/history/index.ts', 'node:path', 'browser'],
  ['webview/history/rows.ts', '../../src/library/types.ts', 'browser'],
  ['webview/history/messages.ts', '../../src/shared/messages.ts', undefined],
];

const projectFolder = fileURLToPath(new URL('../../', import.meta.url));

describe('borders between rooms', () => {
  let found: ReadonlyMap<string, string>;

  before(function lint() {
    this.timeout(60_000);
    found = lintImports(cases.map(([file, specifier]) => [file, specifier]));
  });

  for (const [file, specifier, reason] of cases) {
    it(`${file} ${reason === undefined ? 'may' : 'may not'} import ${specifier}`, () => {
      assert.equal(found.get(`${file} ${specifier}`), reason === undefined ? undefined : reasons[reason]);
    });
  }

  it('hold for imports at run time too', () => {
    const file = 'src/library/later.ts';
    assert.equal(lintImports([[file, 'vscode']], (specifier) => `export const load = () => import('${specifier}');\n`).get(`${file} vscode`), reasons.editor);
  });

  it('know every room', () => {
    const folders = readdirSync(join(projectFolder, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const known = new Set([...floors.flat(), 'virtual-iphone']);
    assert.deepEqual(folders.map(({ name }) => name).filter((name) => !known.has(name)), []);
  });
});

const statically = (specifier: string): string => `import '${specifier}';\n`;

/** Lints files that hold these imports by the project's rules; answers the reasons of refused ones by `file specifier`. */
function lintImports(imports: readonly (readonly [file: string, specifier: string])[], line = statically): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'borders-'));
  try {
    writeFileSync(join(folder, 'oxlint.config.ts'), `export { default } from ${JSON.stringify(join(projectFolder, 'oxlint.config.ts'))};\n`);
    for (const [file, specifier] of imports) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      appendFileSync(join(folder, file), line(specifier));
    }
    return refusedImports(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
  readonly message: string;
  readonly help: string;
}

function refusedImports(folder: string): Map<string, string> {
  const linter = join(projectFolder, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const { stdout } = spawnSync(process.execPath, [linter, '--format=json', '.'], { cwd: folder, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
  const refused = diagnostics.filter(({ code }) => code === 'eslint(no-restricted-imports)');
  return new Map(refused.map(({ filename, message, help }) => [`${filename} ${message.split("'")[1]}`, help]));
}
