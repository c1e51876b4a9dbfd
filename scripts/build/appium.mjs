import { readFile } from 'node:fs/promises';
import { inProject } from '../support/paths.mjs';

const stand = inProject('scripts', 'build', 'appium-support.cjs');
const plist = inProject('node_modules', '@appium', 'support', 'build', 'lib', 'plist.js');
const ownManifest = /\(\{ name, version \} = require\([^;]*?'package\.json'\)\)\)/g;

/** Lets `appium-ios-device` be bundled: without the heavy parts of its support library and without a manifest at run time. */
export const appium = {
  name: 'appium',
  setup(build) {
    build.onResolve({ filter: /^@appium\/support$/ }, () => ({ path: stand }));
    build.onResolve({ filter: /^@appium\/support\/plist$/ }, () => ({ path: plist }));
    build.onResolve({ filter: /^\.\/(fs|logger|util)$/ }, ({ importer }) => (importer === plist ? { path: stand } : undefined));
    build.onResolve({ filter: /^axios$/ }, () => ({ path: 'axios', namespace: 'absent' }));
    build.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {};' }));
    build.onLoad({ filter: /appium-ios-device[\\/]build[\\/]lib[\\/]usbmux[\\/]index\.js$/ }, inlineManifest);
  },
};

async function inlineManifest({ path }) {
  const { name, version } = JSON.parse(await readFile(inProject('node_modules', 'appium-ios-device', 'package.json'), 'utf8'));
  const source = await readFile(path, 'utf8');
  const contents = source.replace(ownManifest, `({ name, version } = ${JSON.stringify({ name, version })})`);
  if (contents === source) throw new Error('appium-ios-device reads its manifest in a new way: adapt scripts/build/appium.mjs.');
  return { contents, loader: 'js' };
}
