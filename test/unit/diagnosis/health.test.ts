import assert from 'node:assert/strict';
import { checks } from '../../../src/diagnosis/checks/check-list.ts';
import type { CheckPorts, NamedFiles } from '../../../src/diagnosis/checks/ports.ts';
import { diagnosedWords } from '../../../src/diagnosis/diagnosed-words.ts';
import { english } from '../../../src/diagnosis/words.ts';
import type { DraftEntry, HistoryEntry } from '../../../src/library/types.ts';
import type { Diagnosed } from '../../../src/shared/diagnosis-report.ts';

const whole: NamedFiles = { 'Manifest.plist': 900, 'Info.plist': 900, 'Status.plist': 190, 'Manifest.db': 90_000 };
const udid = 'one';
const entry = (path: string, day: string, damagedFiles = 0): HistoryEntry =>
  ({ udid, path, date: new Date(`${day}T20:00:00Z`), verification: damagedFiles > 0 ? { result: 'damaged', damagedFiles } : undefined }) as HistoryEntry;
const draft = (isRunning: boolean): DraftEntry => ({ udid, path: '/draft', isRunning }) as DraftEntry;

async function foundIn(entries: readonly HistoryEntry[], drafts: readonly DraftEntry[], files: Readonly<Record<string, NamedFiles>>): Promise<readonly Diagnosed[]> {
  const library = {
    entries: () => Promise.resolve(entries),
    drafts: () => Promise.resolve(drafts),
    namedFiles: (folder: string) => Promise.resolve(files[folder] ?? whole),
    oddValue: () => Promise.resolve(undefined),
  };
  return (await checks.find(({ id }) => id === 'health')?.run({ library } as unknown as CheckPorts)) ?? [];
}

const said = (findings: readonly Diagnosed[]): string[] => findings.map((found) => `${found.row}: ${diagnosedWords(found, { translate: english }).sentence}`);

describe('the health of the backups', () => {
  it('tells an empty file of the newest backup from one of an interrupted backup', async () => {
    const empty = { ...whole, 'Manifest.plist': 0 };
    const newest = [entry('/new', '2026-11-22')];
    assert.deepEqual(said(await foundIn(newest, [draft(false)], { '/draft/one': empty })), ['draft.empty-plist: Manifest.plist of the interrupted backup is empty.']);
    assert.deepEqual((await foundIn(newest, [draft(false)], { '/new/one': empty })).map(({ row }) => row), ['backup.empty-plist']);
    assert.deepEqual((await foundIn([], [draft(false)], { '/draft/one': empty })).map(({ row }) => row), ['draft.empty-plist']);
  });

  it('leaves a draft alone that a run works on', async () => {
    assert.deepEqual(await foundIn([entry('/new', '2026-11-22')], [draft(true)], { '/draft/one': { 'Manifest.plist': 0 } }), []);
  });

  it('names the newest backup that failed its verification, with what was found', async () => {
    const entries = [entry('/new', '2026-11-22'), entry('/old', '2026-11-20', 3), entry('/older', '2026-11-01', 9)];
    assert.deepEqual(said(await foundIn(entries, [], {})), ['backup.damaged: In the backup of 2026-11-20, 3 files were found damaged or missing when it was verified.']);
  });
});
