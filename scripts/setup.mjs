// Brings everything that building and testing need, and says what it does. Safe to run again. Needs Node 20 and npm only.
import { pathToFileURL } from 'node:url';
import { setUpEditors } from './setup/editor.mjs';
import { setUpNodePackages } from './setup/node-packages.mjs';
import { setUpSystemPackages } from './setup/system-packages.mjs';
import { main } from './support/say.mjs';

export async function setUp() {
  await setUpNodePackages();
  await setUpSystemPackages();
  await setUpEditors();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(setUp);
