import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension host', () => {
  it('is a VS Code that this extension says it supports', () => {
    const extension = vscode.extensions.getExtension('iphone-backup.iphone-backup');
    assert.ok(extension, 'the extension is known to the host');
    assert.equal(extension.packageJSON.name, 'iphone-backup');
  });
});
