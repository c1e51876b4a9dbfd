import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Contributions {
  readonly commands: readonly { readonly command: string; readonly title: string }[];
  readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('iphone-backup.iphone-backup');
  assert.ok(found);
  return found;
}

describe('the commands', () => {
  it('of the manifest are all registered once the extension is active, and no others', async () => {
    await extension().activate();
    const { commands, views } = extension().packageJSON.contributes as Contributions;
    const ofViews = Object.values(views).flat().map(({ id }) => id);
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith('iphoneBackup.') && !ofViews.some((view) => id.startsWith(view)));
    assert.deepEqual(registered.toSorted(), commands.map(({ command }) => command).toSorted());
  });

  it('have titles in the language of the editor, not keys', () => {
    const { commands } = extension().packageJSON.contributes as Contributions;
    for (const { title } of commands) assert.doesNotMatch(title, /%/);
  });
});
