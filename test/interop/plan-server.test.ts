import assert from 'node:assert/strict';
import type { CodeAction, CodeLens, CompletionItem, DocumentLink, DocumentSymbol, Hover, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { WireFacts } from '../../src/plans/lsp/protocol.ts';
import { PlanClient, type PlanClientOptions } from './support/plan-client.ts';

const uri = 'file:///home/anna/phone.iphone-backup.yaml';
const udid = '00008110-001A2B3C4D5E6F70';

const facts: WireFacts = {
  devices: [{ udid, name: 'Anna’s iPhone' }],
  apps: [{ bundleId: 'org.example.chat', name: 'Chat\n](command:evil)', bytes: 5_000_000 }],
  domains: [{ name: 'HomeDomain', bytes: 100_000, files: 20 }, { name: 'CameraRollDomain', bytes: 9_000_000_000, files: 1000 }],
  categories: [{ id: 'messages', bytes: 12_000_000, files: 34 }],
  from: { udid, id: '2026-01-02T03-04-05Z', date: '2026-01-02T03:04:05.000Z' },
  diskFree: 1_000_000_000,
};

const commands = { estimate: 'estimate.it', backUp: 'back.up', trust: 'manage.trust' };
const textDocument = { uri };

describe('the language server of plans, over its standard input and output', function () {
  this.timeout(180_000);
  let client: PlanClient | undefined;

  const start = async (text: string, options: PlanClientOptions = {}): Promise<PlanClient> => {
    client = await PlanClient.start(options);
    await client.open(uri, text);
    return client;
  };

  afterEach(async () => {
    assert.equal(await client?.stop(), 0);
    client = undefined;
  });

  it('tells where a file is wrong, and offers the repair', async () => {
    const text = 'version: 1\ninclude:\n  - mesages\n  - health\n';
    const editor = await start(text);
    const diagnostics = await editor.diagnostics(uri, (all) => all.length === 2);
    assert.deepEqual(diagnostics.map(({ code, range }) => [code, range.start.line]), [['plan.unknown-category', 2], ['plan.needs-encryption', 3]]);
    const actions = await editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument, range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }, context: { diagnostics } });
    const edits = actions.filter(({ isPreferred }) => isPreferred).flatMap(({ edit }) => edit?.changes?.[uri] ?? []);
    const repaired = TextDocument.applyEdits(TextDocument.create(uri, '', 1, text), edits);
    assert.equal(repaired, 'version: 1\nencrypted: true\ninclude:\n  - messages\n  - health\n');
    await editor.change(uri, repaired);
    await editor.diagnostics(uri, (all) => all.length === 0);
  });

  it('completes keys, categories, apps by name, domains and devices', async () => {
    const text = 'version: 1\ndevice: \ninclude:\n  - \n\n';
    const editor = await start(text, { facts: () => facts });
    const at = async (line: number, character: number): Promise<CompletionItem[]> => editor.connection.sendRequest('textDocument/completion', { textDocument, position: { line, character } });
    const items = await at(3, 4);
    assert.ok(items.some(({ label, detail }) => label === 'messages' && detail?.includes('12 MB')));
    assert.ok(items.some(({ label }) => label === 'domain:CameraRollDomain'));
    const app = items.find(({ filterText }) => filterText?.includes('org.example.chat'));
    assert.equal(app?.textEdit?.newText, 'org.example.chat  # Chat ](command:evil)');
    assert.deepEqual((await at(1, 8)).map(({ label }) => label), ['any', 'Anna’s iPhone']);
    const keys = (await at(4, 0)).map(({ label }) => label);
    assert.ok(keys.includes('retention') && !keys.includes('device'));
  });

  it('completes apps, categories and devices in JSON too, in quotes and without comments', async () => {
    const editor = await PlanClient.start({ facts: () => facts });
    client = editor;
    const json = 'file:///home/anna/phone.iphone-backup.json';
    const text = '{\n  "version": 1,\n  "device": ,\n  "include": ["cha"],\n  "exclude": []\n}\n';
    await editor.open(json, text, 'json');
    const at = async (line: number, character: number): Promise<CompletionItem[]> => editor.connection.sendRequest('textDocument/completion', { textDocument: { uri: json }, position: { line, character } });
    const completed = (items: readonly CompletionItem[], isMeant: (item: CompletionItem) => boolean): string => {
      const edit = items.find(isMeant)?.textEdit as TextEdit | undefined;
      return edit ? (TextDocument.applyEdits(TextDocument.create(json, 'json', 1, text), [edit]).split('\n')[edit.range.start.line] ?? '') : '';
    };
    assert.equal(completed(await at(3, 17), ({ filterText }) => filterText?.includes('org.example.chat') === true), '  "include": ["org.example.chat"],');
    assert.equal(completed(await at(4, 14), ({ label }) => label === 'domain:HomeDomain'), '  "exclude": ["domain:HomeDomain"]');
    assert.equal(completed(await at(2, 12), ({ detail }) => detail === udid), '  "device": "Anna’s iPhone",');
    assert.deepEqual(await at(1, 14), [], 'what the schema says comes from the schema');
    const hover = await editor.connection.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri: json }, position: { line: 3, character: 5 } });
    assert.match(JSON.stringify(hover), /What to back up/);
  });

  it('measures lines and says what they are, as text and not as markup', async () => {
    const editor = await start('version: 1\ninclude:\n  - org.example.chat\n  - path:HomeDomain/*.none\nexclude:\n  - messages\n', {
      facts: () => facts,
      measure: ({ selections }) => selections.map(({ include }) => (include[0]?.kind === 'path' ? { bytes: 0, files: 0 } : { bytes: 2_000_000_000, files: 7 })),
    });
    const found = await editor.diagnostics(uri, (all) => all.length === 2);
    assert.deepEqual(found.map(({ code, range }) => [code, range.start.line]), [['plan.no-space', 1], ['plan.matches-nothing', 3]]);
    const hover = await editor.connection.sendRequest<Hover>('textDocument/hover', { textDocument, position: { line: 2, character: 6 } });
    const value = (hover.contents as { value: string }).value;
    assert.match(value, /2 GB in 7 files in the last backup/);
    assert.ok(value.includes('\\]\\(command:evil\\)'), value);
  });

  it('shows lenses in a trusted workspace only, and none that act beside errors', async () => {
    const editor = await start('version: 1\n', { initializationOptions: { isTrusted: true, commands } });
    const lenses = async (): Promise<CodeLens[]> => editor.connection.sendRequest('textDocument/codeLens', { textDocument });
    const named = async (): Promise<(string | undefined)[]> => (await lenses()).map(({ command }) => command?.command);
    assert.deepEqual(await named(), ['estimate.it', 'back.up']);
    assert.deepEqual((await lenses())[0]?.command?.arguments, [uri]);
    await editor.change(uri, 'version: 1\nfoo: 1\n');
    assert.deepEqual(await named(), ['']);
    await editor.change(uri, 'version: 1\n');
    await editor.connection.sendNotification('iphoneBackup/trust', false);
    assert.deepEqual(await named(), ['manage.trust']);
  });

  it('renames an alias where it is named and used', async () => {
    const text = `version: 1\ndevice: work\ndevices:\n  work: ${udid}\n`;
    const editor = await start(text);
    const position = { line: 1, character: 10 };
    const edit = await editor.connection.sendRequest<WorkspaceEdit>('textDocument/rename', { textDocument, position, newName: 'my: phone' });
    const changed = TextDocument.applyEdits(TextDocument.create(uri, '', 1, text), edit.changes?.[uri] ?? []);
    assert.equal(changed, `version: 1\ndevice: "my: phone"\ndevices:\n  "my: phone": ${udid}\n`);
    await assert.rejects(editor.connection.sendRequest('textDocument/rename', { textDocument, position, newName: 'any' }), /short name/);
    await assert.rejects(editor.connection.sendRequest('textDocument/rename', { textDocument, position: { line: 0, character: 2 }, newName: 'x' }), /Only aliases/);
  });

  it('formats with comments kept, outlines, and links the folder but no other computer', async () => {
    const text = 'version:   1 # one\ninclude:\n- messages # chats\n# end\nlibrary: /srv/backups\n';
    const editor = await start(text);
    const edits = await editor.connection.sendRequest<TextEdit[]>('textDocument/formatting', { textDocument, options: { tabSize: 2, insertSpaces: true } });
    assert.equal(edits[0]?.newText, 'version: 1 # one\ninclude:\n  - messages # chats\n# end\nlibrary: /srv/backups\n');
    const symbols = await editor.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
    assert.deepEqual(symbols.map(({ name, children }) => [name, children?.map((child) => child.name)]), [['version', []], ['include', ['messages']], ['library', []]]);
    const links = async (): Promise<DocumentLink[]> => editor.connection.sendRequest('textDocument/documentLink', { textDocument });
    assert.deepEqual((await links()).map(({ target }) => target), ['file:///srv/backups']);
    await editor.change(uri, 'version: 1\nlibrary: //evil/share\n');
    assert.deepEqual(await links(), []);
  });

  it('survives hostile files and goes on with the next', async () => {
    const editor = await start('&a [*a]\n');
    const firstCode = async (code: string): Promise<void> => void (await editor.diagnostics(uri, ([first]) => first?.code === `plan.${code}`));
    await firstCode('anchor');
    for (const [text, code] of [['['.repeat(200_000), 'too-deep'], ['x'.repeat(2 << 20), 'too-large'], ['', 'empty'], ['version: 99\n', 'newer-version'], ['version: 1\npassword: x\n', 'password']] as const) {
      await editor.change(uri, text);
      await firstCode(code);
    }
    await editor.change(uri, 'version: 1\n');
    await editor.diagnostics(uri, (all) => all.length === 0);
  });
});
