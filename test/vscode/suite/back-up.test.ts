import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

const run = (id: string): Thenable<unknown> => vscode.commands.executeCommand(`iphoneBackup.${id}`);
const folderSetting = 'iphoneBackup.library.folder';

async function entriesOn(library: string): Promise<string[]> {
  const devices = (await readdir(library)).filter((name) => /^[\dA-Fa-f-]{25,40}$/.test(name));
  const entries = await Promise.all(devices.map(async (udid) => (await readdir(join(library, udid))).map((id) => join(library, udid, id))));
  return entries.flat().filter((path) => /\dZ$/.test(path));
}

describe('a backup of the virtual iPhone', function () {
  this.timeout(240_000);
  let library = '';

  before(async () => {
    library = await mkdtemp(join(tmpdir(), 'library-'));
    await vscode.workspace.getConfiguration().update(folderSetting, library, vscode.ConfigurationTarget.Global);
  });

  after(async () => {
    await run('disconnectVirtual');
    await vscode.workspace.getConfiguration().update(folderSetting, undefined, vscode.ConfigurationTarget.Global);
    await rm(library, { recursive: true, force: true, maxRetries: 10 });
  });

  it('by two commands ends as an entry in the library', async () => {
    await run('connectVirtual');
    await run('backUpNow');
    const [entry] = await entriesOn(library);
    assert.ok(entry, 'there is an entry');
    const record = JSON.parse(await readFile(join(entry, 'backup.json'), 'utf8')) as Record<string, unknown>;
    assert.equal(record['kind'], 'full');
  });

  it('goes on from the last one: the second is incremental and costs less', async () => {
    await run('backUpNow');
    const entries = await entriesOn(library);
    const records = await Promise.all(entries.toSorted().map(async (path) => JSON.parse(await readFile(join(path, 'backup.json'), 'utf8')) as Record<string, unknown>));
    assert.deepEqual(records.map(({ kind }) => kind), ['full', 'incremental']);
    assert.ok(Number(records[1]?.['ownSize']) < Number(records[0]?.['size']) / 2);
  });
});
