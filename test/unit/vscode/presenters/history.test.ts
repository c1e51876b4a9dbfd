import assert from 'node:assert/strict';
import { childNodes, rootNodes } from '../../../../src/vscode/presenters/history-nodes.ts';
import { draftRow, entryDetails, entryRow, foreignRow, groupRow, trashRow } from '../../../../src/vscode/presenters/history-row.ts';
import { draft, entry, history, inEnglish as w, now } from '../support/samples.ts';

const date = (day: number): Date => new Date(`2026-11-${String(day).padStart(2, '0')}T10:00:00Z`);
const other = '00008130-000000000000000B';

const full = history({
  entries: [
    entry({ id: 'c', udid: other, deviceName: 'Pad', date: date(21) }),
    entry({ id: 'b', date: date(20), kind: 'full' }),
    entry({ id: 'a', date: date(1) }),
  ],
  drafts: [draft()],
  trash: [{ trashId: 't1', udid: other, id: 'x', deletedAt: now, ownSize: 1000 }],
  foreign: [
    { folder: '/mobilesync/u', origin: 'finder', udid: 'u', deviceName: 'Old', iosVersion: undefined, date: date(2), isEncrypted: true, isFinished: true },
  ],
});

describe('the rows of Backup History', () => {
  it('are grouped by device, the one with the newest backup or draft first, then the other groups', () => {
    const roots = rootNodes(full, '', w);
    assert.deepEqual(roots.map((node) => (node.kind === 'group' ? node.name : node.kind)), ["Anna's iPhone", 'Pad', 'foreign-group', 'trash-group']);
  });

  it('have the draft first, then backups, newest first', () => {
    const [anna] = rootNodes(full, '', w);
    assert.ok(anna);
    assert.deepEqual(childNodes(full, anna, '', w).map((node) => (node.kind === 'entry' ? node.entry.id : node.kind)), ['draft', 'b', 'a']);
  });

  it('keep the order of the history, which knows of clocks that were wrong', () => {
    const wrong = history({ entries: [entry({ id: 'b', date: date(20), deviceName: 'New name' }), entry({ id: 'ahead', date: new Date('2031-01-01') })] });
    const [anna] = rootNodes(wrong, '', w);
    assert.ok(anna?.kind === 'group');
    assert.equal(anna.name, 'New name');
    assert.deepEqual(childNodes(wrong, anna, '', w).map((node) => (node.kind === 'entry' ? node.entry.id : node.kind)), ['b', 'ahead']);
  });

  it('leave out groups without rows', () => {
    assert.deepEqual(rootNodes(history(), '', w), []);
  });

  it('are filtered by words in any case; the name of a device keeps all of its rows', () => {
    const kinds = (filter: string): string[] => rootNodes(full, filter, w).flatMap((node) => childNodes(full, node, filter, w)).map((node) => node.kind);
    assert.deepEqual(kinds('FULL'), ['entry']);
    assert.deepEqual(kinds('anna'), ['draft', 'entry', 'entry']);
    assert.deepEqual(kinds('finder encrypted'), ['foreign']);
    assert.deepEqual(kinds('no such words'), []);
  });

  it('tell kind, size, encryption, check and lock of a backup in words', () => {
    const row = entryRow(entry({ isLocked: true, verification: { at: now, level: 'bytes', result: 'good', damagedFiles: 0 } }), w);
    assert.equal(row.description, 'incremental · 12.4 GB · encrypted · verified · kept');
    assert.match(row.context, /;entry;locked;encrypted;/);
  });

  it('tell what the device did not send', () => {
    const notReceived = (missing?: number): string | undefined =>
      entryRow(entry(missing === undefined ? {} : { missing }), w).tooltip.find(({ name }) => name === 'Not Received')?.value;
    assert.match(notReceived(3) ?? '', /^3 files/);
    assert.equal(notReceived(), undefined);
  });

  it('show damage before anything else', () => {
    const row = entryRow(entry({ verification: { at: now, level: 'bytes', result: 'damaged', damagedFiles: 3 } }), w);
    assert.equal(row.icon.id, 'error');
    assert.match(row.description, /damaged/);
  });

  it('say what resuming saves', () => {
    assert.equal(draftRow(draft(), w).description, '2 hours ago · resume saves 4 GB in 9,000 files');
    assert.match(draftRow(draft({ isRunning: true }), w).context, /;running;/);
    const aside = draftRow(draft({ isSetAside: true, path: '/backups/00008120-000A1B2C3D4E5F60/.set-aside-2026-11-22T10-00-00Z' }), w);
    assert.match(aside.description, /no backup goes on from it/);
    assert.doesNotMatch(aside.context, /;resumable;/);
    assert.notEqual(aside.id, draftRow(draft(), w).id);
  });

  it('label backups of other programs and that they are read-only', () => {
    const [foreign] = full.foreign;
    assert.ok(foreign);
    assert.equal(foreignRow(foreign, w).description, 'Old · Finder · read-only · encrypted');
  });

  it('of the trash tell which backup it was, of a device without any other by the end of its identifier', () => {
    const trash = { trashId: 't', udid: other, id: '2026-11-20T10-00-00Z', deletedAt: now, ownSize: 2e6 };
    assert.match(trashRow(trash, 'Pad', w).label, /^Nov 20, /);
    assert.equal(trashRow(trash, 'Pad', w).description, 'Pad · 2 MB · deleted just now');
    assert.match(trashRow(trash, other, w).description, /^…000B · /);
    assert.equal(trashRow({ ...trash, id: 'odd' }, 'Pad', w).label, 'odd');
  });

  it('sum up a device', () => {
    assert.equal(groupRow('u', 'Anna', [entry(), entry()], w).description, '2 backups · 620 MB');
  });

  it('have a details list with the folder', () => {
    const names = entryDetails(entry(), w).map(({ name }) => name);
    assert.deepEqual(names, ['Backup', 'Device', 'Kind', 'Files', 'Size', 'Encryption', 'Took', 'Checked', 'Model', 'Identifier', 'Folder']);
  });

  it('stay one line for hostile names', () => {
    const hostile = `**x**\u0000\n${'y'.repeat(10_000)}`;
    for (const row of [entryRow(entry({ note: hostile, deviceName: hostile }), w), groupRow('u', hostile, [], w)]) {
      assert.ok(row.label.length <= 60 && row.description.length < 200);
      assert.ok(!row.label.includes('\n') && !row.description.includes('\n'));
    }
  });
});
