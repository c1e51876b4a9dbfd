import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, contextKey, panel, setting, view, viewContainer, walkthrough } from '../../../src/vscode/ids.ts';
import { readJson, root, sourceFiles } from './support/used-strings.ts';

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { command: string; category: string; title: string }[];
    readonly views: Readonly<Record<string, readonly { id: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { id: string; icon: string }[] };
    readonly viewsWelcome: readonly { view: string; when: string; contents: string }[];
    readonly menus: Readonly<Record<string, readonly { command: string; when?: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { scope?: string; markdownDescription?: string; default: unknown }>> };
    readonly walkthroughs: readonly { id: string; steps: readonly { id: string; media: { svg: string }; completionEvents: readonly string[] }[] }[];
  };
}

const text = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const { contributes } = manifest;
const sorted = (items: Iterable<string>): string[] => [...new Set(items)].toSorted();
const whens = [...Object.values(contributes.menus).flat(), ...contributes.viewsWelcome].map(({ when = '' }) => when);

describe('the manifest and the code', () => {
  it('name the same commands', () => {
    assert.deepEqual(sorted(contributes.commands.map((each) => each.command)), sorted(Object.values(command)));
  });

  it('have a file with the same function for every command', () => {
    for (const name of Object.keys(command)) {
      const file = join(root, 'src/vscode/commands', `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`);
      assert.match(readFileSync(file, 'utf8'), new RegExp(`export async function ${name}\\(services|export async function ${name}\\(\\{`));
    }
  });

  it('use every command of the code in the code', () => {
    const handlers = readFileSync(join(root, 'src/vscode/commands/handlers.ts'), 'utf8');
    for (const name of Object.keys(command)) assert.ok(handlers.includes(`[command.${name}]: ${name},`), name);
  });

  it('put all commands into one category', () => {
    assert.deepEqual(sorted(contributes.commands.map(({ category }) => category)), ['%category%']);
  });

  it('name the same views, container and walkthrough', () => {
    assert.deepEqual(sorted(Object.values(contributes.views).flat().map(({ id }) => id)), sorted(Object.values(view)));
    assert.deepEqual(contributes.viewsContainers.activitybar.map(({ id }) => id), [viewContainer]);
    assert.deepEqual(contributes.walkthroughs.map(({ id }) => id), [walkthrough]);
  });

  it('name the same settings, and a workspace cannot redirect any', () => {
    assert.deepEqual(sorted(Object.keys(contributes.configuration.properties)), sorted(Object.values(setting)));
    for (const [name, property] of Object.entries(contributes.configuration.properties)) {
      assert.equal(property.scope, 'machine', name);
      assert.ok(property.markdownDescription, name);
    }
  });

  it('name the same context keys', () => {
    const events = contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents));
    const named = [...whens, ...events].flatMap((when) => when.match(/iphoneBackup\.\w+(?=\s*(?:[=!]=|&&|\)|$))/g) ?? []);
    const ids = new Set<string>([...Object.values(command), ...Object.values(view)]);
    const known = new Set<string>(Object.values(contextKey));
    for (const key of named) assert.ok(known.has(key) || ids.has(key), key);
    for (const key of known) assert.ok(named.includes(key), `${key} is used by no clause`);
  });

  it('set every context key somewhere', () => {
    const code = sourceFiles().map((path) => readFileSync(path, 'utf8')).join('\n');
    for (const name of Object.keys(contextKey)) assert.match(code, new RegExp(`keys\\.set\\(contextKey\\.${name},`), name);
  });

  it('put into menus and texts only commands that exist', () => {
    const known = new Set<string>(Object.values(command));
    const linked = Object.values(readJson('package.nls.json')).flatMap((words) => words.match(/(?<=command:)iphoneBackup\.\w+(?=\))/g) ?? []);
    for (const id of [...Object.values(contributes.menus).flat().map((item) => item.command), ...linked]) assert.ok(known.has(id), id);
  });

  it('match in when clauses only tokens that rows have', () => {
    const rows = sourceFiles().filter((path) => path.includes('presenters')).map((path) => readFileSync(path, 'utf8')).join('\n');
    const tokens = whens.flatMap((when) => when.match(/(?<=viewItem =~ \/;)[\w-]+(?=;\/)/g) ?? []);
    assert.ok(tokens.length > 20);
    for (const token of sorted(tokens)) assert.ok(rows.includes(`'${token}'`), token);
  });

  it('have the pictures', () => {
    const pictures = [manifest.icon, ...contributes.viewsContainers.activitybar.map(({ icon }) => icon)];
    const steps = contributes.walkthroughs.flatMap(({ steps: all }) => all);
    assert.ok(steps.length >= 5 && steps.length <= 6);
    for (const path of [...pictures, ...steps.map(({ media }) => media.svg)]) assert.ok(existsSync(join(root, path)), path);
    for (const { media } of steps) assert.match(readFileSync(join(root, media.svg), 'utf8'), /var\(--vscode-/, 'follows the theme');
    for (const { id, completionEvents } of steps) assert.ok(completionEvents.length > 0, id);
  });

  it('ask for activation only where the editor cannot infer it: panels of a reloaded window, and plans in JSON, which has a language of its own', () => {
    const panels = Object.values(panel).map((viewType) => `onWebviewPanel:${viewType}`);
    assert.deepEqual(sorted(manifest.activationEvents), sorted([...panels, 'workspaceContains:**/*.iphone-backup.json']));
    assert.ok(!text.includes('enabledApiProposals'));
  });
});
