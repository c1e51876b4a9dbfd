import assert from 'node:assert/strict';
import type { Estimate, EstimateRow } from '../../../../src/shared/estimate.ts';
import { estimateCsv, estimateMarkdown } from '../../../../src/vscode/presenters/estimate-export.ts';
import { estimatePicture } from '../../../../src/vscode/presenters/estimate-picture.ts';
import { device, inEnglish as w, now } from '../support/samples.ts';

const udid = '00008120-000A1B2C3D4E5F60';
const exact = (bytes: number): EstimateRow['size'] => ({ low: bytes, likely: bytes, high: bytes });

const row = (parts: Partial<EstimateRow> & Pick<EstimateRow, 'id'>): EstimateRow => ({
  parent: undefined, kind: 'category', name: 'Messages', size: exact(1e9), files: 7, source: 'last-backup', before: 9e8,
  term: { kind: 'category', id: 'messages' }, encryption: 'any', ...parts,
});

const estimate = (parts: Partial<Estimate> = {}): Estimate => ({
  udid, deviceName: 'Anna', iosVersion: '18.5', isEncrypted: false, at: now, isComplete: true,
  sources: [{ id: 'last-backup', state: 'done', finding: undefined }],
  rows: [row({ id: 'category:messages' }), row({ id: 'app:x', parent: 'category:messages', kind: 'app', name: '=cmd|"<b>"\n\u202ex', size: exact(5), term: undefined })],
  total: { low: 9e8, likely: 1e9, high: 12e8 }, transfer: undefined, seconds: { low: 60, high: 200 },
  lastBackup: undefined, disk: undefined,
  clouds: [5e9, 50e9, 200e9].map((bytes) => ({ bytes, fits: 'yes' })), uncheck: [], demand: undefined, findings: [], ...parts,
});

const scene = { udid, device: device({ name: 'Anna' }), isRunning: false, needsPassword: false, failure: undefined };

describe('the picture of an estimate', () => {
  it('has rows in the person’s words, cleaned of what is no text', () => {
    const { rows } = estimatePicture({ ...scene, estimate: estimate() }, w);
    assert.deepEqual(rows.map(({ name, canChoose }) => [name, canChoose]), [['Messages', true], ['=cmd|"<b>" x', false]]);
  });

  it('of nothing is empty and says why', () => {
    const picture = estimatePicture({ ...scene, device: undefined, estimate: undefined, failure: 'No device.' }, w);
    assert.deepEqual([picture.device, picture.identity, picture.total, picture.rows.length], ['…5F60', 'not connected', undefined, 0]);
    assert.deepEqual(picture.remarks, [{ severity: 'blocker', text: 'No device.' }]);
  });

  it('names one iCloud plan beyond the one that fits', () => {
    assert.deepEqual(estimatePicture({ ...scene, estimate: estimate() }, w).clouds.map(({ bytes }) => bytes), [5e9, 50e9]);
  });

  it('tells the way through the settings of that iOS', () => {
    assert.equal(estimatePicture({ ...scene, estimate: estimate() }, w).uncheckPath, 'On the device: Settings › [your name] › iCloud › Storage › Backups › [this device]');
    assert.match(estimatePicture({ ...scene, estimate: estimate({ iosVersion: '15.8' }) }, w).uncheckPath, /iCloud › Manage Storage › Backups/);
  });

  it('tells the time as a range, and nothing exact about a moment', () => {
    assert.equal(estimatePicture({ ...scene, estimate: estimate() }, w).time, '1 min to 3 min, 20 sec');
    assert.equal(estimatePicture({ ...scene, estimate: estimate({ seconds: { low: 0, high: 2 } }) }, w).time, 'a few seconds');
  });

  it('tells an unbelievable demand as such, once', () => {
    const finding = { code: 'estimate.demand-implausible', severity: 'warning', facts: { bytes: 9e15, used: 1e9 } } as const;
    const { remarks } = estimatePicture({ ...scene, estimate: estimate({ demand: { bytes: 9e15, isPlausible: false }, findings: [finding] }) }, w);
    assert.deepEqual(remarks.map(({ severity }) => severity), ['warning']);
    assert.match(remarks[0]?.text ?? '', /9 PB.*not to be believed/);
  });
});

describe('a copy of an estimate', () => {
  const picture = estimatePicture({ ...scene, estimate: estimate() }, w);

  it('as CSV has bytes, quotes what needs it and no formula', () => {
    const lines = estimateCsv(picture).split('\r\n');
    assert.match(lines[0] ?? '', /^id,parent,kind,name,bytes,/);
    assert.equal(lines[1], 'category:messages,,category,Messages,1000000000,1000000000,1000000000,7,900000000,last-backup,any');
    assert.ok(lines[2]?.startsWith('app:x,category:messages,app,"\'=cmd|""<b>"" x",5,'), lines[2]);
  });

  it('as Markdown is a table in which names are no markup', () => {
    const text = estimateMarkdown(picture, w);
    assert.match(text, /^# Estimate of Anna, Nov 22, 2026/);
    assert.match(text, /\| Messages \| 1 GB \|/);
    assert.match(text, /\| &nbsp;&nbsp;&nbsp;=cmd\\\|"\\<b\\>" x \|/);
    assert.match(text, /\*\*Total\*\*/);
  });
});
