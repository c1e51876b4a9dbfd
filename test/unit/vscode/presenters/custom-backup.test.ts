import assert from 'node:assert/strict';
import type { PlanFacts } from '../../../../src/shared/plan-facts.ts';
import type { Selection } from '../../../../src/shared/selection.ts';
import { customChoices } from '../../../../src/vscode/presenters/custom-choices.ts';
import { customQuestion, entrySelection, selectionShort } from '../../../../src/vscode/presenters/custom-words.ts';
import { entryRow, entryTooltip } from '../../../../src/vscode/presenters/history-row.ts';
import { isPart, restoreQuestion } from '../../../../src/vscode/presenters/restore-model.ts';
import { defaultRestoreOptions } from '../../../../src/jobs/api.ts';
import { entry, inEnglish as w } from '../support/samples.ts';

const messages: Selection = { include: [{ kind: 'category', id: 'messages' }, { kind: 'category', id: 'contacts' }], exclude: [] };
const health: Selection = { include: [{ kind: 'category', id: 'health' }], exclude: [] };
const photos: Selection = { include: [{ kind: 'category', id: 'photos', where: { after: '2025-01-01' } }], exclude: [] };
const device = { name: 'Pad', isEncrypted: false };

describe('the question before a custom backup', () => {
  it('names what it will hold, and says that it saves disk and hardly time', () => {
    const { question, detail } = customQuestion(device, messages, w);
    assert.equal(question, 'Back up a part of Pad?');
    assert.match(detail, /^It will hold: Messages and Contacts\./);
    assert.match(detail, /decides what it sends, and demands room .* saves disk afterwards, hardly time/);
  });

  it('says what only encrypted backups hold, where encryption is off', () => {
    assert.match(customQuestion(device, health, w).detail, /Only encrypted backups hold these.*Health/);
    assert.doesNotMatch(customQuestion({ ...device, isEncrypted: true }, health, w).detail, /Only encrypted/);
    assert.doesNotMatch(customQuestion(device, messages, w).detail, /Only encrypted/);
  });

  it('knows the way without a backup for photos alone', () => {
    assert.match(customQuestion(device, photos, w).detail, /Photos and Videos \(from 2025-01-01\).*copied as files, without a backup/s);
    assert.doesNotMatch(customQuestion(device, messages, w).detail, /copied as files/);
  });

  it('names what is left out by the names of apps', () => {
    const { detail } = customQuestion(device, { include: [], exclude: [{ kind: 'app', bundleId: 'com.example.a' }] }, w, { appName: () => 'Atlas' });
    assert.match(detail, /^It will hold everything\.\n\nIt will not hold: Atlas\./);
  });
});

describe('a custom backup in the history', () => {
  const custom = entry({ kind: 'custom', isComplete: false, selection: 'contacts\nmessages', leftOut: { files: 1200, bytes: 3e9 } });

  it('shows in its row what it holds, and in the tooltip what it lacks', () => {
    assert.match(entryRow(custom, w).description, /^custom · only Contacts and Messages · 12\.4 GB/);
    const lines = new Map(entryTooltip(custom, w).map(({ name, value }) => [name, value]));
    assert.equal(lines.get('Holds'), 'only Contacts and Messages');
    assert.equal(lines.get('Lacks'), '1,200 files, 3 GB, that the device sent');
  });

  it('with a record that cannot be read shows that as text', () => {
    const strange = entry({ kind: 'custom', selection: '<b>[[' });
    assert.equal(entrySelection(strange), undefined);
    assert.ok(entryTooltip(strange, w).some(({ value }) => value.includes('<b>')));
  });

  it('is restored without removing what it lacks, and says so', () => {
    const source = { kind: 'entry', entry: custom } as const;
    assert.equal(isPart(source), true);
    const { detail } = restoreQuestion({ source, deviceName: 'Pad', isVirtual: false, options: defaultRestoreOptions }, [], w);
    assert.match(detail, /custom backup \(only Contacts and Messages\)\. What it does not hold stays on the device/);
  });
});

describe('a selection in few words', () => {
  it('cuts long lists', () => {
    const many = ['messages', 'contacts', 'notes', 'calendar', 'reminders'].map((id) => ({ kind: 'category', id }) as const);
    assert.equal(selectionShort({ include: many, exclude: [] }, w), 'only Messages, Contacts, Notes, and 2 more');
    assert.equal(selectionShort({ include: [], exclude: many.slice(0, 1) }, w), 'all but Messages');
  });
});

describe('the list for a custom backup', () => {
  const facts: PlanFacts = {
    devices: [],
    apps: [{ bundleId: 'com.example.small', name: 'Small', bytes: 10 }, { bundleId: 'com.example.large', name: undefined, bytes: 5e9 }],
    domains: [],
    categories: [{ id: 'messages', bytes: 2e9, files: 3 }, { id: 'photos', bytes: 9e9, files: 3 }],
    from: undefined,
    diskFree: undefined,
  };

  it('has every category before anything is known, and those of encrypted backups say so', () => {
    const { categories, apps } = customChoices(undefined, false, w);
    assert.ok(categories.length > 30 && apps.length === 0);
    assert.match(categories.find(({ name }) => name === 'Keychain')?.note ?? '', /only in encrypted backups/);
    assert.equal(customChoices(undefined, true, w).categories.find(({ name }) => name === 'Keychain')?.note, '');
  });

  it('has the largest first, with their sizes', () => {
    const { categories, apps } = customChoices(facts, false, w);
    assert.deepEqual(categories.slice(0, 2).map(({ name, note }) => [name, note]), [['Photos and Videos', '9 GB'], ['Messages', '2 GB']]);
    assert.deepEqual(apps.map(({ name }) => name), ['com.example.large', 'Small']);
  });
});
