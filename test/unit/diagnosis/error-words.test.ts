import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorTable, errorWords } from '../../../src/diagnosis/error-words.ts';
import { english } from '../../../src/diagnosis/words.ts';
import { mbError } from '../../../src/format/mb-errors.ts';
import type { ErrorFacts } from '../../../src/shared/errors.ts';

const facts = (code: string, more: Partial<ErrorFacts> = {}): ErrorFacts => ({ kind: 'device', code, message: 'for the log', ...more });

describe('the words for errors', () => {
  it('exist for every known code of the backup agent', () => {
    for (const [name, number] of Object.entries(mbError)) assert.ok(errorTable[`mb.${number}`], name);
  });

  it('exist for every code that the error classes document', () => {
    const source = readFileSync(new URL('../../../src/shared/errors.ts', import.meta.url), 'utf8');
    const documented = source.match(/`(?:mux|link|device|host|data|cancelled|crash)\.[a-z-]+`/g) ?? [];
    assert.ok(documented.length > 20);
    for (const code of documented) assert.ok(errorTable[code.replaceAll('`', '')], code);
  });

  it('exist for every code that the sources throw', () => {
    const folder = fileURLToPath(new URL('../../../src/', import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.startsWith('virtual-iphone'));
    const thrown = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/(?<=new (?:Device|Connection|Host|Data|Cancelled|Crash)Error\(\s*')[\w.-]+/g) ?? []);
    assert.ok(thrown.length > 40);
    for (const code of new Set(thrown)) assert.ok(errorTable[code], code);
  });

  it('are sentences', () => {
    for (const [code, { sentence, cause, next, nextOn = {} }] of Object.entries(errorTable)) {
      for (const text of [sentence, cause, next, ...Object.values(nextOn)]) assert.match(text, /^$|^(?:[A-Z]|iCloud ).*[.]$/, code);
    }
  });

  it('name the next step of this operating system', () => {
    assert.match(errorWords(facts('mux.missing'), english, { platform: 'linux' }).next, /apt install usbmuxd/);
    assert.match(errorWords(facts('mux.missing'), english, { platform: 'win32' }).next, /Apple Devices/);
    assert.match(errorWords(facts('mux.missing'), english, { platform: 'freebsd' }).next, /usbmuxd/);
  });

  it('say what is left behind: of a backup what has arrived, of a restore the backup', () => {
    const nextIn = (job?: string): string => errorWords(facts('link.lost'), english, { job }).next;
    assert.match(nextIn('backup'), /try again\. What has arrived is kept\.$/);
    assert.match(nextIn('restore'), /try again\. The backup itself is unchanged\.$/);
    for (const job of [undefined, 'verify', 'import']) assert.match(nextIn(job), /try again\.$/);
    for (const { next, cause } of Object.values(errorTable)) assert.doesNotMatch(next + cause, /is kept/);
  });

  it('hold the figures and names that the error knows', () => {
    const exact = errorWords(facts('host.no-space', { facts: { needed: 12_400_000_000, free: 300_000_000 } }), english);
    assert.match(exact.sentence, /: 12\.4 GB are needed, and 300 MB are free\.$/);
    assert.equal(errorWords(facts('host.no-space'), english).sentence, 'The disk of the backup folder is full.');
    assert.match(errorWords(facts('host.missing', { facts: { disk: 'Backup' } }), english).sentence, /The disk “Backup”, .* is not connected\./);
  });

  it('never show the message for the log', () => {
    for (const code of [...Object.keys(errorTable), 'mb.999', 'nonsense', 'constructor']) {
      assert.doesNotMatch(JSON.stringify(errorWords(facts(code), english)), /for the log/, code);
    }
  });

  it('of an unknown code are its number and the device’s own text, verbatim', () => {
    const { sentence } = errorWords(facts('mb.213', { deviceText: 'Frobnication failed (MBErrorDomain/213)' }), english);
    assert.equal(sentence, 'The device said: “Frobnication failed (MBErrorDomain/213)” (error 213).');
  });

  it('warn before the step that removes the password with all settings', () => {
    const { next } = errorWords(facts('mb.207'), english);
    assert.match(next, /^Try the passwords/);
    assert.match(next, /removes the password from the device together with all its settings/);
  });
});
