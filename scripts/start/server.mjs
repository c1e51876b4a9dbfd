import { createServer } from 'node:net';
import { startEditorServer } from '../../test/vscode/host/editor-server.ts';
import { linkExtensions, startProfile } from './profile.mjs';

/** A VS Code server; its workbench opens in the browser of whoever follows the address. */
export async function openServer({ environment, port }) {
  const profile = await startProfile();
  await linkExtensions(profile);
  // Windows keep their state by address: the same port each time brings it back.
  const server = await startEditorServer(profile, { environment, port: (await isFree(port)) ? port : 0 });
  const address = `http://${server.authority}/?folder=${encodeURIComponent(profile.workspace)}`;
  return { words: `VS Code: open ${address} in a browser. Ctrl-C ends it.`, ended: server.ended, stop: () => server.stop() };
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
