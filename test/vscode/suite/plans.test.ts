import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { applySelection, readPlan } from '../../../src/plans/index.ts';
import { parseSelectionText } from '../../../src/selection/index.ts';
import { editDocument } from '../../../src/vscode/plans/edit-document.ts';

const { commands, languages, window, workspace } = vscode;
const folderSetting = 'iphoneBackup.library.folder';

/** What `ask` answers as soon as it is as wished; the last answer after a minute. */
async function until<T>(ask: () => T | Thenable<T>, isWished: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (isWished(answer) || Date.now() > end) return answer;
    await delay(100);
  }
}

const textOf = (item: vscode.CompletionItem): string => (typeof item.label === 'string' ? item.label : item.label.label);

describe('a plan in the editor', function () {
  this.timeout(240_000);
  let folder = '';

  const show = async (name: string, text: string): Promise<vscode.TextDocument> => {
    const path = join(folder, name);
    await writeFile(path, text);
    const document = await workspace.openTextDocument(vscode.Uri.file(path));
    await window.showTextDocument(document);
    return document;
  };
  const codes = (uri: vscode.Uri): unknown[] => languages.getDiagnostics(uri).map(({ code }) => code);
  const lensesOf = (uri: vscode.Uri): Thenable<vscode.CodeLens[]> => commands.executeCommand('vscode.executeCodeLensProvider', uri, 10);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plans-'));
    await workspace.getConfiguration().update(folderSetting, join(folder, 'library'), vscode.ConfigurationTarget.Global);
    await commands.executeCommand('iphoneBackup.connectVirtual');
  });

  after(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('iphoneBackup.disconnectVirtual');
    await workspace.getConfiguration().update(folderSetting, undefined, vscode.ConfigurationTarget.Global);
    // The editor may be reading the library still, and then leaves the lock of a reader there.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  it('is of a language of its own and says what is wrong, with the repair', async () => {
    const document = await show('wrong.iphone-backup.yaml', 'version: 1\ninclude:\n  - mesages\n');
    const { languageId, uri } = document;
    assert.equal(languageId, 'iphone-backup-plan');
    assert.deepEqual(await until(() => codes(uri), (found) => found.length > 0), ['plan.unknown-category']);
    const ask = (): Thenable<vscode.CodeAction[]> => commands.executeCommand('vscode.executeCodeActionProvider', uri, document.lineAt(2).range, 'quickfix');
    const fix = (await until(ask, (actions) => actions.length > 0)).find(({ title }) => title.includes('messages'));
    assert.ok(fix?.edit && (await workspace.applyEdit(fix.edit)));
    assert.deepEqual(await until(() => codes(uri), (found) => found.length === 0), []);
  });

  it('is completed with categories and with the apps of the connected phone', async () => {
    const document = await show('new.iphone-backup.yml', 'version: 1\ninclude:\n  - \n');
    const ask = async (): Promise<string[]> => {
      const { items } = await commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, new vscode.Position(2, 4));
      return items.map((item) => `${textOf(item)} ${item.detail ?? ''}`);
    };
    const items = await until(ask, (all) => all.some((item) => /\b(com|net|org)\.\w+\./.test(item)));
    assert.ok(items.some((item) => item.startsWith('messages ')));
    assert.ok(items.some((item) => /\b(com|net|org)\.\w+\./.test(item)), `${items.length} items, and no app`);
  });

  it('backs up by its lens, and then tells what its lines took', async () => {
    const { uri } = await show('run.iphone-backup.yaml', 'version: 1\nnotes: everything\n');
    const lenses = await until(() => lensesOf(uri), (all) => all.length === 2);
    const backUp = lenses.map(({ command }) => command).find((command) => command?.command === 'iphoneBackup.backUpPlan');
    assert.ok(backUp);
    await commands.executeCommand(backUp.command, ...(backUp.arguments ?? []));
    const [udid = ''] = (await readdir(join(folder, 'library'))).filter((name) => /^[\dA-Fa-f-]{25,40}$/.test(name));
    const entries = (await readdir(join(folder, 'library', udid))).filter((name) => name.endsWith('Z'));
    assert.equal(entries.length, 1);
    const record = JSON.parse(await readFile(join(folder, 'library', udid, entries[0] ?? '', 'backup.json'), 'utf8')) as { kind: string };
    assert.equal(record.kind, 'full');
    const titles = await until(async () => (await lensesOf(uri)).map(({ command }) => command?.title ?? ''), (all) => all.some((title) => /\d/.test(title)));
    assert.ok(titles.some((title) => /\d.*B in the last backup/.test(title)), titles.join());
  });

  it('may be JSON, which is held against the schema and against the language', async () => {
    const { uri } = await show('plan.iphone-backup.json', '{ "version": 1, "include": ["mesages"], "color": "red" }\n');
    const found = await until(() => codes(uri), (all) => all.includes('plan.unknown-category') && all.length > 2);
    assert.ok(found.includes('plan.unknown-category') && found.includes('plan.unknown-key'), found.join());
    const labelsAt = async (character: number): Promise<string[]> => {
      const { items } = await commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, new vscode.Position(0, character));
      return items.map(textOf);
    };
    assert.ok((await labelsAt(31)).includes('messages'), 'categories are completed inside the quotes');
    const keys = (): Promise<string[]> => labelsAt(2);
    assert.ok((await until(keys, (all) => all.includes('retention'))).includes('retention'), 'the editor knows the schema');
  });

  it('does nothing for a plan with errors', async () => {
    const { uri } = await show('bad.iphone-backup.yaml', 'version: 1\npassword: secret\n');
    assert.deepEqual(await until(() => codes(uri), (found) => found.length > 0), ['plan.password']);
    const lenses = await until(() => lensesOf(uri), (all) => all.length > 0);
    assert.deepEqual(lenses.map(({ command }) => command?.command), ['']);
  });

  it('takes another choice in its place, with its comments and its order, until that is undone', async () => {
    const text = '# mine\nnotes: odd order\ninclude:\n  # dear to me\n  - notes # short\n  # people\n  - messages\n\nversion: 1 # first\n';
    const document = await show('edited.iphone-backup.yaml', text);
    await show('other.iphone-backup.yaml', 'version: 1\n');
    assert.equal(await editDocument(document.uri, (old) => applySelection(old, parseSelectionText('messages\ncontacts'))), true);
    assert.equal(window.activeTextEditor?.document.uri.toString(), document.uri.toString());
    assert.deepEqual(readPlan(document.getText()).selection, parseSelectionText('messages\ncontacts'));
    const places = ['# mine', 'notes: odd order', 'include:', '# dear to me', '# people', '- messages', '- contacts', 'version: 1 # first'];
    assert.deepEqual(document.getText().split('\n').map((line) => line.trim()).filter((line) => places.includes(line)), places);
    assert.ok(document.isDirty && (await readFile(document.uri.fsPath, 'utf8')) === text, 'the person saves');
    await commands.executeCommand('undo');
    assert.equal(await until(() => document.getText(), (now) => now === text), text);
  });

  it('is not changed where it cannot be', async () => {
    const keep = (text: string): string => `${text}# more\n`;
    for (const uri of [vscode.Uri.file(join(folder, 'gone.iphone-backup.yaml')), vscode.Uri.parse('untitled:Closed-1'), vscode.Uri.parse('unknown-scheme:/a.yaml')]) {
      assert.equal(await editDocument(uri, keep), false, uri.toString());
    }
    const { uri } = await show('kept.iphone-backup.yaml', 'version: 1\n');
    assert.equal(await editDocument(uri, () => undefined), false);
    assert.equal((await workspace.openTextDocument(uri)).getText(), 'version: 1\n');
  });
});
