#!/usr/bin/env node
'use strict';

/*
 * The terminal program needs Node 22.13 or newer (`node:sqlite`). On an older one it runs again with the Node that the
 * project brings along; without that it ends with exit code 5 ("this computer refused").
 */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 13)) void import('./cli-main.mjs');
else runAgain();

function runAgain() {
  const { existsSync } = require('node:fs');
  const { join } = require('node:path');
  const node = join(__dirname, '..', 'node_modules', 'node', 'bin', 'node');
  if (!existsSync(node)) {
    process.stderr.write(`iphone-backup needs Node.js 22.13 or newer; this is ${process.versions.node}.\n`);
    process.exitCode = 5;
    return;
  }
  const { spawn } = require('node:child_process');
  const child = spawn(node, [...process.execArgv, join(__dirname, 'cli-main.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' });
  const forward = (signal) => process.on(signal, () => child.kill(signal));
  forward('SIGTERM');
  forward('SIGHUP');
  // A terminal sends Ctrl-C to both processes; a second SIGINT from here would count as the person's second Ctrl-C.
  if (process.stdin.isTTY) process.on('SIGINT', () => undefined);
  else forward('SIGINT');
  child.on('exit', (code, signal) => {
    if (signal === null) return process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
