#!/usr/bin/env node
/*
 * Stands where `@vscode/test-electron` expects VS Code's executable: takes its arguments, runs the same test suite in
 * the extension host of a VS Code server, and ends with the suite's exit code.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from './browser.ts';
import { createProfile } from './editor-profile.ts';
import { startEditorServer } from './editor-server.ts';
import { runExtensionTests } from './extension-tests.ts';

const { values, positionals } = parseArgs({
  options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' }, deadline: { type: 'string', default: '600' } },
  strict: false,
  allowPositionals: true,
});

/** Lines of the test reporter begin with this; all else is the editor's own talk. */
const gutter = '▏';
const talk: string[] = [];

function onLine(line: string): void {
  if (line.startsWith(gutter) || process.env['EDITOR_LOG']) process.stdout.write(`${line}\n`);
  else talk.push(line);
}

async function main(): Promise<number> {
  const profile = await createProfile();
  const server = await startEditorServer(profile, { testDriver: true });
  const browser = await launchBrowser();
  try {
    return await runExtensionTests(server, browser, {
      extension: resolve(String(values['extensionDevelopmentPath'])),
      tests: resolve(String(values['extensionTestsPath'])),
      workspace: positionals[0],
      deadline: Number(values['deadline']) * 1000,
      onLine,
    });
  } finally {
    await browser.close();
    await server.stop();
    await profile.remove();
  }
}

process.exitCode = await main();
if (process.exitCode !== 0) process.stdout.write(`The editor's last words:\n${talk.slice(-40).join('\n')}\n`);
