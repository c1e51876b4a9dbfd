/* Takes the pictures; `node test/ui/screenshots/take.ts dark light` takes only these themes. Run by `npm run screenshots`. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../vscode/host/installed-editor.ts';
import { packagedExtension } from '../support/packaged-extension.ts';
import { VirtualIphone } from '../support/virtual-iphone.ts';
import { openWorkbench, type WorkbenchOptions } from '../support/workbench.ts';
import { daysBehind, scenes } from './scenes.ts';

type Theme = NonNullable<WorkbenchOptions['theme']>;
type Size = NonNullable<WorkbenchOptions['size']>;

const folder = join(projectFolder, 'test-results', 'screenshots');
const sizes: Readonly<Record<string, Size>> = { wide: { width: 1280, height: 800 }, narrow: { width: 720, height: 900 } };

/** Pictures that the README shows, by their names in `media/readme/`. */
const shown: Readonly<Record<string, string>> = { 'dark-wide-11-history': 'history.png', 'dark-wide-6-estimate': 'estimate.png' };

const runs: readonly { readonly theme: Theme; readonly size: string }[] = [
  { theme: 'light', size: 'wide' },
  { theme: 'dark', size: 'wide' },
  { theme: 'high-contrast', size: 'wide' },
  { theme: 'dark', size: 'narrow' },
];

for (const run of runs.filter(({ theme }) => process.argv.length === 2 || process.argv.includes(theme))) await takeRun(run);

async function takeRun({ theme, size }: (typeof runs)[number]): Promise<void> {
  const library = await mkdtemp(join(tmpdir(), 'pictures-'));
  // Its clock becomes right when the scenes let days pass.
  const clock = new Date(Date.now() - daysBehind * 86_400_000).toISOString();
  const phone = await VirtualIphone.start(['--content', 'demo', '--name', 'Anna’s iPhone', '--clock', clock]);
  const workbench = await openWorkbench({
    vsix: await packagedExtension(),
    theme,
    size: sizes[size],
    environment: { USBMUXD_SOCKET_ADDRESS: phone.address },
    settings: { 'iphoneBackup.library.folder': library },
  });
  try {
    for (const scene of scenes) {
      await scene.play({ workbench, phone });
      const picture = `${theme}-${size}-${scene.name}`;
      await workbench.screenshot(join(folder, `${picture}.png`));
      const used = shown[picture];
      if (used !== undefined) await copyFile(join(folder, `${picture}.png`), join(projectFolder, 'media', 'readme', used));
      process.stdout.write(`${theme}, ${size}: ${scene.name}\n`);
    }
  } finally {
    await workbench.close();
    await phone.stop();
    await rm(library, { recursive: true, force: true });
  }
}
