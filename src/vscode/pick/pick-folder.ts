import { window } from 'vscode';

/** A folder of this computer, by the system's dialog; `undefined` when cancelled. */
export async function pickFolder(openLabel: string): Promise<string | undefined> {
  const picked = await window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, openLabel, title: openLabel });
  const [uri] = picked ?? [];
  return uri?.scheme === 'file' ? uri.fsPath : undefined;
}
