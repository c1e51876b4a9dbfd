import { projectNode } from '../support/paths.mjs';
import { findProgram } from '../support/run.mjs';
import { reportFile, runReporting } from './mocha-group.mjs';

/** Runs the suite in the extension host, by a process of its own; with a virtual display where there is no real one. */
export function runEditorTests() {
  const script = [projectNode, 'scripts/test/editor-run.mjs', reportFile('editor')];
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const [command, ...args] = hasScreen || !findProgram('xvfb-run') ? script : ['xvfb-run', '--auto-servernum', ...script];
  return runReporting({ name: 'editor', command, args, limit: 15 * 60_000 });
}
