'use strict';

/*
 * Stands in for `@appium/support` in the bundles: of its many parts `appium-ios-device` uses a handful on our paths,
 * while the rest brings image and HTTP libraries along. What is not here fails loudly when it is called.
 */
const { access, readFile } = require('node:fs/promises');

const units = ['B', 'KB', 'MB', 'GB'];

function toReadableSizeString(bytes) {
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${power === 0 ? bytes : (bytes / 1024 ** power).toFixed(2)} ${units[power]}`;
}

function isEmpty(value) {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') return true;
  if (value instanceof Map || value instanceof Set) return value.size === 0;
  return typeof value === 'object' && !Buffer.isBuffer(value) ? Object.keys(value).length === 0 : value.length === 0;
}

const silent = () => undefined;
const log = { silly: silent, debug: silent, info: silent, warn: silent, error: silent };

module.exports = {
  plist: require('@appium/support/plist'),
  logger: { getLogger: () => log },
  default: log,
  fs: { exists: (path) => access(path).then(() => true, () => false), readFile },
  util: {
    isEmpty,
    toReadableSizeString,
    uniq: (values) => [...new Set(values)],
    jsonStringify: (value) => JSON.stringify(value),
  },
  truncateString: (value, { length }) => String(value).slice(0, length),
};
