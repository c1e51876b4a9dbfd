import { type Browser, chromium } from 'playwright-core';
import { browserProgram } from './installed-editor.ts';

/** As root in a container, without a display, and without a word to anybody else. */
const browserOptions = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** A headless Chromium with an empty profile. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserProgram(), headless: true, args: browserOptions });
}
