import assert from 'node:assert/strict';
import { bundleRedactor } from '../../../src/diagnosis/bundle-redactor.ts';
import { bundleContents, bundleText, supportBundle, type BundleFile } from '../../../src/diagnosis/support-bundle.ts';
import type { DiagnosisReport } from '../../../src/shared/diagnosis-report.ts';
import { device, draft, entry } from '../vscode/support/samples.ts';

/** All that names a person, a device or a place. */
const secrets = {
  name: 'Anna Liddell’s iPhone',
  'earlier name': '小明',
  serial: 'F2LX9Q7WJCLM',
  udid: '00008120-000A1B2C3D4E5F60',
  home: String.raw`C:\Users\Anna Liddell`,
  user: 'liddell',
  computer: 'WONDERLAND-7',
  folder: '/srv/rabbit hole/Åsa’s backups',
  disk: '/Volumes/Cheshire Disk',
  drive: String.raw`E:\Mad Hatter`,
  share: String.raw`\\TEAPOT\dormouse files`,
  password: 'down the rabbit hole 7',
  mail: 'anna.möller@wonderland.example',
  telephone: '+1 (212) 555-0142',
  'telephone at home': '0170 5550123'.replace(' ', ''),
  'Wi-Fi address': 'a4:83:e7:00:11:22',
  'Bluetooth address': 'A4-83-E7-00-11-23',
  'network address': 'fe80::a683:e7ff:fe00:1122%12',
  imei: '356938035643809',
  'imei as settings show it': '35 693803 564380 9',
  iccid: '8901260123456789012',
  ecid: '7146232906875174',
} as const;

const at = new Date('2026-11-22T12:00:00Z');

const report: DiagnosisReport = {
  at,
  udid: secrets.udid,
  iosVersion: `18.5 ${secrets.name}`,
  isComplete: true,
  checks: [
    { check: 'trust', group: 'connection', udid: secrets.udid, state: 'found', reason: undefined, findings: [] },
    { check: 'values', group: 'device', udid: secrets.udid, state: 'unknown', reason: `lockdown.${secrets.name}`, findings: [] },
  ],
  ranked: [{ row: 'space.host', severity: 'blocker', facts: { needed: 9e9, free: 1e9, code: 'mb.105', folder: secrets.folder, name: secrets.name, entry: secrets.home } }],
};

function bundle(): BundleFile[] {
  const { home, user, computer, folder, name, serial, udid } = secrets;
  const entries = [entry({ deviceName: secrets['earlier name'], iosVersion: name, udid, path: `${folder}/${udid}`, note: secrets.password })];
  const drafts = [draft({ deviceName: name, udid, path: folder })];
  const runs = [
    { udid, job: 'backup', started: at, end: { at, code: 'mb.105', phase: 'receiving', diagnosis: [{ row: 'power.low', severity: 'warning', facts: { name } } as const] } },
    { udid, job: 'backup', started: at, end: { at, code: `lockdown.${name}`, phase: secrets.mail } },
  ];
  const log = Object.entries(secrets).flatMap(([what, value]) => [
    `${what} ${value}`,
    `mb.105: ${value}/x: No space left on device | "${value}" | (${value})`,
    JSON.stringify({ code: 'sample', value }),
    value.normalize('NFD'),
  ]).filter((line) => !line.includes('rabbit hole 7'));
  const redactor = bundleRedactor({ home, user, computer, folders: [folder], devices: [device({ name, serialNumber: serial, udid })], named: [...entries, ...drafts] });
  return supportBundle({ report, versions: { system: 'linux 6.8 x64' }, log, history: { entries, drafts, runs }, redactor });
}

describe('the support bundle', () => {
  const files = bundle();
  const text = bundleText(files);

  it('names no person, device or place', () => {
    for (const [what, secret] of Object.entries(secrets)) assert.ok(!text.includes(secret), what);
    const folded = text.normalize('NFC').toLowerCase();
    const parts = ['anna', 'liddell', 'rabbit', 'wonderland', 'åsa', 'cheshire', 'hatter', 'teapot', 'dormouse', '小明', 'möller', '5550', '555-01', '643809', '564380', '00:11', '00-11'];
    for (const part of parts) assert.ok(!folded.includes(part), part);
  });

  it('holds what helps: versions, findings with their figures, the history and the log', () => {
    assert.deepEqual(files.map(({ name }) => name), ['versions.json', 'findings.json', 'history.json', 'log.txt']);
    for (const part of ['linux 6.8 x64', 'space.host', '9000000000', 'mb.105', 'receiving', 'power.low', 'incremental', '‹udid›', '‹name›']) assert.ok(text.includes(part), part);
  });

  it('says what is in it before it is saved', () => {
    assert.match(bundleContents(files), /versions\.json, \d+ lines\n {2}findings\.json, \d+ lines\n {2}history\.json, \d+ lines\n {2}log\.txt, \d+ lines/);
  });

  it('keeps the end of an endless log', () => {
    const log = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
    const long = supportBundle({ report: undefined, versions: {}, log, history: { entries: [], drafts: [], runs: [] }, redactor: { redact: (line) => line } });
    const lines = long.at(-1)?.text.trim().split('\n') ?? [];
    assert.deepEqual([lines.length, lines.at(-1)], [5_000, 'line 19999']);
  });
});
