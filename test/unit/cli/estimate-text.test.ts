import assert from 'node:assert/strict';
import { estimateText } from '../../../src/cli/estimate-text.ts';
import { YearTally } from '../../../src/estimate/year-tally.ts';
import { assemble } from '../../../src/estimate/index.ts';
import { appOf, cameraOf, daysAgo, factsOf, partOf, sizesOf } from '../estimate/support/facts.ts';

describe('an estimate in the terminal', () => {
  const chat = 'com.example.chat';
  const years = new YearTally();
  years.add(new Date(2025, 5, 1), 'picture', 9e9);
  const sizes = sizesOf({ ...partOf('CameraRollDomain', 'photos', 9e9), years }, partOf(`AppDomain-${chat}`, 'apps', 1e9), partOf('HomeDomain', 'messages', 2e9));
  const last = { id: '2026-11-12T12-00-00Z', date: daysAgo(10), size: sizes.bytes, isEncrypted: false, sizes };
  const text = (free: number): string => {
    const facts = factsOf({
      last, apps: [appOf(chat, 9e9)], appsBefore: { date: daysAgo(10), apps: new Map([[chat, 1e9]]) }, usage: { dataCapacity: 248e9, used: 60e9, voicemail: undefined },
      camera: cameraOf(12e9, { newBytes: 3e9 }), disk: { folder: '/b', free, capacity: 500e9 },
    });
    return estimateText(assemble(facts), { all: false, isPart: false });
  };

  it('has photos and videos on lines of their own, and names what grew', () => {
    const told = text(400e9);
    assert.match(told, /^Photos and Videos +12\.0 GB/m);
    assert.match(told, /^ {2}Videos +3\.0 GB/m);
    assert.match(told, /^Grew since then +chat \+4\.0 GB, Videos \+3\.0 GB/m);
  });

  it('says how sure each source is, and that an incremental run takes the room of what it transfers', () => {
    assert.match(text(400e9), /^Sources +last backup: done, exact for its time$/m);
    assert.match(text(15e9), /^Disk +15\.0 GB free: (?:fits|may not fit)$/m);
    assert.match(text(1e9), /^Disk +1\.0 GB free: does not fit$/m);
  });
});
