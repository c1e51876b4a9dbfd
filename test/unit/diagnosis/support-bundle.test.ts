import assert from 'node:assert/strict';
import { bundleContents, bundleText, supportBundle, type BundleFile } from '../../../src/diagnosis/support-bundle.ts';
import type { DiagnosisReport } from '../../../src/shared/diagnosis-report.ts';
import { Redactor } from '../../../src/shared/redaction.ts';
import { draft, entry } from '../vscode/support/samples.ts';

/** All that names a person, a device or a place. */
const secrets = {
  name: 'Anna Liddell’s iPhone',
  serial: 'F2LX9Q7WJCLM',
  udid: '00008120-000A1B2C3D4E5F60',
  home: '/home/liddell',
  folder: '/mnt/rabbit-hole/backups',
  password: 'down the rabbit hole 7',
  mail: 'anna@wonderland.example',
  telephone: '+49 170 5550123',
  address: 'a4:83:e7:00:11:22',
  imei: '356938035643809',
} as const;

const at = new Date('2026-11-22T12:00:00Z');

const report: DiagnosisReport = {
  at,
  udid: secrets.udid,
  iosVersion: '18.5',
  isComplete: true,
  checks: [{ check: 'trust', group: 'connection', udid: secrets.udid, state: 'found', reason: undefined, findings: [] }],
  ranked: [{ row: 'space.host', severity: 'blocker', facts: { needed: 9e9, free: 1e9, code: 'mb.105', folder: secrets.folder, name: secrets.name, entry: secrets.home } }],
};

function bundle(): BundleFile[] {
  const redactor = new Redactor(secrets.home);
  redactor.hide(secrets.name, '‹name›');
  redactor.hide(secrets.serial, '‹serial›');
  redactor.hide(secrets.folder, '‹library›');
  const log = [
    `backup 1: begins for ${secrets.name} (${secrets.udid}, ${secrets.serial}, ${secrets.imei})`,
    `mb.105: the disk of ${secrets.folder} is full | ${secrets.home}/Library | ${secrets.mail} | ${secrets.telephone} | ${secrets.address}`,
  ];
  const entries = [entry({ deviceName: secrets.name, udid: secrets.udid, path: `${secrets.folder}/${secrets.udid}`, note: secrets.password })];
  const drafts = [draft({ deviceName: secrets.name, udid: secrets.udid, path: secrets.folder })];
  const runs = [{ udid: secrets.udid, job: 'backup', started: at, end: { at, code: 'mb.105', phase: 'receiving' } }];
  return supportBundle({ report, versions: { system: 'linux 6.8 x64' }, log, history: { entries, drafts, runs }, redactor });
}

describe('the support bundle', () => {
  const files = bundle();
  const text = bundleText(files);

  it('names no person, device or place', () => {
    for (const [what, secret] of Object.entries(secrets)) assert.ok(!text.includes(secret), what);
    for (const part of ['Anna', 'Liddell', 'liddell', 'rabbit', 'wonderland']) assert.ok(!text.includes(part), part);
  });

  it('holds what helps: versions, findings with their figures, the history and the log', () => {
    assert.deepEqual(files.map(({ name }) => name), ['versions.json', 'findings.json', 'history.json', 'log.txt']);
    for (const part of ['linux 6.8 x64', '18.5', 'space.host', '9000000000', 'mb.105', 'receiving', 'incremental', '‹udid›', '‹name›']) assert.ok(text.includes(part), part);
  });

  it('says what is in it before it is saved', () => {
    assert.match(bundleContents(files), /versions\.json, \d+ lines\n {2}findings\.json, \d+ lines\n {2}history\.json, \d+ lines\n {2}log\.txt, 2 lines/);
  });

  it('keeps the end of an endless log', () => {
    const log = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
    const long = supportBundle({ report: undefined, versions: {}, log, history: { entries: [], drafts: [], runs: [] }, redactor: { redact: (line) => line } });
    const lines = long.at(-1)?.text.trim().split('\n') ?? [];
    assert.deepEqual([lines.length, lines.at(-1)], [5_000, 'line 19999']);
  });
});
