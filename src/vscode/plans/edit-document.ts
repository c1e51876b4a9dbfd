import { Range, WorkspaceEdit, window, workspace } from 'vscode';
import type { TextDocument, Uri } from 'vscode';

/**
 * Changes the text of a document by an edit that can be undone and is not saved, and shows the document. `false` where
 * that is not possible: it is gone, of a place that is only read, or `edit` gives `undefined` for its text.
 */
export async function editDocument(uri: Uri, edit: (text: string) => string | undefined): Promise<boolean> {
  const document = await openWritable(uri);
  const text = document?.getText();
  const changed = text === undefined ? undefined : edit(text);
  if (!document || text === undefined || changed === undefined) return false;
  if (changed !== text && !(await replaceText(document, text.length, changed))) return false;
  await window.showTextDocument(document);
  return true;
}

async function replaceText(document: TextDocument, length: number, text: string): Promise<boolean> {
  const change = new WorkspaceEdit();
  change.replace(document.uri, new Range(document.positionAt(0), document.positionAt(length)), text);
  return workspace.applyEdit(change);
}

/** The document, if it can be changed; `undefined` where it is gone. An untitled document that was closed would come back empty. */
export async function openWritable(uri: Uri): Promise<TextDocument | undefined> {
  const open = workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === uri.toString());
  if (uri.scheme === 'untitled') return open;
  if (workspace.fs.isWritableFileSystem(uri.scheme) !== true) return undefined;
  try {
    return open ?? (await workspace.openTextDocument(uri));
  } catch {
    return undefined;
  }
}
