'use strict';

/* Runs inside VS Code's extension host: mocha over the bundled tests beside this file. */
const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const Mocha = require('mocha');
const Reporter = require('./reporter.cjs');

exports.run = function run() {
  const reporterOptions = { output: process.env.TEST_REPORT, style: 'spec', gutter: '▏' };
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, forbidOnly: true, color: false, reporter: Reporter, reporterOptions });
  const files = readdirSync(__dirname, { recursive: true }).filter((file) => file.endsWith('.test.js'));
  for (const file of files.sort()) mocha.addFile(join(__dirname, file));
  return new Promise((resolve, reject) => {
    mocha.run((failures) => (failures === 0 ? resolve() : reject(new Error(`${failures} tests failed`))));
  });
};
