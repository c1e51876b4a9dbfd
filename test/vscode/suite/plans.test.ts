import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

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
    await rm(folder, { recursive: true, force: true });
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
    const keys = async (): Promise<string[]> => {
      const { items } = await commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', uri, new vscode.Position(0, 2));
      return items.map(textOf);
    };
    assert.ok((await until(keys, (all) => all.includes('retention'))).includes('retention'), 'the editor knows the schema');
  });

  it('does nothing for a plan with errors', async () => {
    const { uri } = await show('bad.iphone-backup.yaml', 'version: 1\npassword: secret\n');
    assert.deepEqual(await until(() => codes(uri), (found) => found.length > 0), ['plan.password']);
    const lenses = await until(() => lensesOf(uri), (all) => all.length > 0);
    assert.deepEqual(lenses.map(({ command }) => command?.command), ['']);
  });
});
