import assert from 'node:assert/strict';
import { Redactor } from '../../../../src/vscode/presenters/redaction.ts';

describe('the log', () => {
  const redactor = new Redactor('/home/anna');
  redactor.hide("Anna's iPhone", '‹name 1›');
  redactor.hide('F2LXK0ABCDEF', '‹serial 1›');
  redactor.hide('me', '‹name 2›');

  const cases: readonly [string, string][] = [
    ["Anna's iPhone (00008120-000A1B2C3D4E5F60) attached", '‹name 1› (‹udid›) attached'],
    ['serial F2LXK0ABCDEF', 'serial ‹serial 1›'],
    ['/home/anna/iPhone Backups/00008120000A1B2C3D4E5F60', '~/iPhone Backups/‹udid›'],
    [String.raw`C:\Users\Anna\x and /Users/bob/y`, String.raw`~\x and ~/y`],
    ['call +49 170 1234567 or a.b@example.org', 'call ‹number› or ‹mail›'],
    ['received 51306 files in 2026-11-22T16-40-12Z at 38.2 MB/s, code mb.105', 'received 51306 files in 2026-11-22T16-40-12Z at 38.2 MB/s, code mb.105'],
    ['some message', 'some message'],
  ];
  for (const [written, shown] of cases) it(`shows ${shown}`, () => assert.equal(redactor.redact(written), shown));
});
