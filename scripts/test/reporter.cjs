'use strict';

const { writeFileSync } = require('node:fs');
const { format } = require('node:util');
const Mocha = require('mocha');

const { Base, Dot, Spec } = Mocha.reporters;

/**
 * Mocha's own output, and the figures as JSON beside it. Options: `output`, the JSON file; `style`, `spec` or `dot`;
 * `gutter`, the beginning of each line, by which it is known among others in a foreign log.
 */
function Reporter(runner, options) {
  const { output, style, gutter } = options.reporterOptions;
  if (gutter) Base.consoleLog = (...args) => console.log(gutter + format(...args).replaceAll('\n', `\n${gutter}`));
  if (gutter) Base.useColors = false;
  const shown = new (style === 'dot' ? Dot : Spec)(runner, options);
  const slowest = [];
  runner.on('test end', (test) => slowest.push({ title: test.fullTitle(), ms: test.duration ?? 0 }));
  runner.once('end', () => writeFileSync(output, JSON.stringify(figures(shown, slowest))));
}

const figures = ({ stats, failures }, slowest) => ({
  passed: stats.passes,
  failed: failures.length,
  skipped: stats.pending,
  failures: failures.map((test) => test.fullTitle()),
  slowest: slowest.sort((a, b) => b.ms - a.ms).slice(0, 10),
});

module.exports = Reporter;
