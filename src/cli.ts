#!/usr/bin/env node
import './cli/v8-flags.ts';
import { runCommandLine } from './cli/main.ts';

process.exitCode = await runCommandLine(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
});
