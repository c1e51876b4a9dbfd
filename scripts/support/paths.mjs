import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Path below the project's folder. */
export const inProject = (...parts) => join(root, ...parts);

/** Downloaded editors live here, outside the dependencies of the project; safe to delete, worth caching. */
export const editorCache = inProject('.vscode-test');

/** The Node 24 that comes as a dev dependency; there only after `npm install`. */
export const projectNode = inProject('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
