import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launchBrowser } from '../test/vscode/host/browser.ts';
import { createProfile } from '../test/vscode/host/editor-profile.ts';
import { startEditorServer } from '../test/vscode/host/editor-server.ts';
import { runExtensionTests } from '../test/vscode/host/extension-tests.ts';
import { projectFolder } from '../test/vscode/host/installed-editor.ts';
import type { HostFigures } from './editor/suite.ts';
import { measure } from './support/measured.ts';
import { BenchPhone } from './support/phone.ts';

/*
 * What the extension costs the editor: activation, and the delay of the extension host's event loop while 20,000 files are
 * backed up. Measured inside a real extension host, on the bundles in dist/.
 */

const content = `files=20000,bytes=${20_000 * 16_384},sizes=even`;
const deadline = 300_000;

const phone = await BenchPhone.start(content);
const folder = await mkdtemp('/dev/shm/bench-editor-');
try {
  const env = { ...process.env, USBMUXD_SOCKET_ADDRESS: phone.address };
  await measure(process.execPath, [join(projectFolder, 'dist/cli-main.mjs'), 'pair', '--udid', phone.udid], env);
  print(await inEditor(await bundle()));
} finally {
  await phone.close();
  await rm(folder, { recursive: true, force: true });
}

async function bundle(): Promise<string> {
  const outdir = join(folder, 'suite');
  await mkdir(outdir, { recursive: true });
  await writeFile(join(outdir, 'package.json'), '{ "type": "commonjs" }\n');
  const entry = join(projectFolder, 'bench/editor/suite.ts');
  await build({ entryPoints: [entry], outdir, bundle: true, platform: 'node', format: 'cjs', external: ['vscode'], logLevel: 'warning' });
  return join(outdir, 'suite.js');
}

async function inEditor(tests: string): Promise<HostFigures> {
  const library = join(folder, 'library');
  const profile = await createProfile({ 'iphoneBackup.library.folder': library, 'iphoneBackup.muxer.address': phone.address });
  const server = await startEditorServer(profile, { testDriver: true });
  const browser = await launchBrowser();
  const lines: string[] = [];
  try {
    const code = await runExtensionTests(server, browser, { extension: projectFolder, tests, deadline, onLine: (line) => lines.push(line) });
    const figures = lines.find((line) => line.startsWith('figures '));
    if (code !== 0 || !figures) throw new Error(`The extension host ended with ${code}:\n${lines.slice(-20).join('\n')}`);
    await expectEntry(library);
    return JSON.parse(figures.slice('figures '.length)) as HostFigures;
  } finally {
    await browser.close();
    await server.stop();
    await profile.remove();
  }
}

/** The command shows its failures as notifications only. */
async function expectEntry(library: string): Promise<void> {
  const entries = await readdir(join(library, phone.udid));
  if (!entries.some((name) => name.endsWith('Z'))) throw new Error('The backup did not succeed');
}

function print({ activation, idle, busy, seconds, grown }: HostFigures): void {
  const delay = ({ p50, p99, max }: HostFigures['idle']): string => `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, max ${max.toFixed(1)} ms`;
  console.log('the extension host');
  console.log(`  activation           ${activation.toFixed(1)} ms`);
  console.log(`  event loop at rest   ${delay(idle)}`);
  console.log(`  during the backup    ${delay(busy)} (${seconds.toFixed(1)} s)`);
  console.log(`  memory grew by       ${Math.round(grown / 1e6)} MB`);
}
