import assert from 'node:assert/strict';
import { diagnosedWords, knowledgeSentences } from '../../../src/diagnosis/diagnosed-words.ts';
import { reportMarkdown } from '../../../src/diagnosis/report-text.ts';
import { english } from '../../../src/diagnosis/words.ts';
import type { Diagnosed, DiagnosisReport } from '../../../src/shared/diagnosis-report.ts';

const found = (row: string, facts: Diagnosed['facts'] = {}): Diagnosed => ({ row, severity: 'warning', facts });
const say = (diagnosed: Diagnosed, more: { platform?: NodeJS.Platform; iosVersion?: string } = {}) => diagnosedWords(diagnosed, { translate: english, ...more });

describe('the words of a diagnosis', () => {
  it('hold the facts, sizes as sizes', () => {
    assert.equal(say(found('space.host', { needed: 12_400_000_000, free: 512 })).sentence, 'The next backup needs about 12.4 GB on the disk of the backup folder, and 512 bytes are free.');
  });

  it('tell on a Mac what is free at once, and what is with all that macOS can remove', () => {
    const sentence = 'Only 3 GB are free at once; with what macOS can remove by itself it is 80 GB.';
    assert.equal(say(found('space.purgeable', { needed: 20e9, free: 3e9, purgeable: 80e9 })).sentence, sentence);
    assert.match(say(found('space.purgeable')).sentence, /^A part of the free space is held by data that macOS can remove by itself/);
  });

  it('do without facts that are not known', () => {
    assert.equal(say(found('space.host', { code: 'mb.105' })).sentence, 'There is not enough free space on the disk of the backup folder.');
    assert.equal(say(found('phone.setup', { code: 'mb.212' })).sentence, 'The device is still being set up.');
  });

  it('name the steps of this computer', () => {
    const steps = (platform: NodeJS.Platform): string => say(found('muxer.missing'), { platform }).steps.map(({ text }) => text).join(' ');
    assert.match(steps('linux'), /apt install usbmuxd.*systemctl/);
    assert.match(steps('win32'), /Apple Devices.*services\.msc/);
    assert.doesNotMatch(steps('darwin'), /apt|Windows|services\.msc/);
  });

  it('name the way through the settings of this iOS', () => {
    const steps = (iosVersion: string): string => say(found('cloud.stuck'), { iosVersion }).steps.map(({ text }) => text).join(' ');
    assert.match(steps('18.5'), /Transfer or Reset › Reset › Reset Network Settings/);
    assert.match(steps('12.5.7'), /General › Reset › Reset Network Settings/);
    assert.doesNotMatch(steps('12.5.7'), /Transfer or Reset/);
  });

  it('offer as a button the safest step that software can do', () => {
    assert.equal(say(found('space.host')).action, 'choose-folder');
    assert.equal(say(found('password.wrong')).action, 'retry');
    assert.equal(say(found('power.low')).action, undefined);
  });

  it('of a row that this version does not know are its id', () => {
    assert.equal(say(found('row.of-tomorrow')).sentence, 'row.of-tomorrow');
  });

  it('cut endless facts', () => {
    assert.ok(say(found('library.in-cloud', { provider: 'x'.repeat(10_000) })).sentence.length < 300);
  });

  it('are all in the list for translators', () => {
    const known = new Set(knowledgeSentences());
    const asked: string[] = [];
    diagnosedWords(found('cloud.no-space'), {
      translate: (text, values) => {
        asked.push(text);
        return english(text, values);
      },
    });
    assert.ok(asked.length > 5);
    for (const text of asked) assert.ok(known.has(text), text);
  });

  it('make a report that can be copied', () => {
    const report: DiagnosisReport = {
      at: new Date(), udid: undefined, iosVersion: '18.5', isComplete: true,
      checks: [
        { check: 'muxer', group: 'connection', udid: undefined, state: 'good', reason: undefined, findings: [] },
        { check: 'folder', group: 'computer', udid: undefined, state: 'unknown', reason: 'deadline', findings: [] },
      ],
      ranked: [found('power.low', { percent: 12 })],
    };
    const text = reportMarkdown(report, { translate: english });
    assert.match(text, /^## ⚠️ The battery is at 12 %/);
    assert.match(text, /1\. Connect the device to power/);
    assert.match(text, /- Backup folder: This could not be found out in time\./);
  });
});
