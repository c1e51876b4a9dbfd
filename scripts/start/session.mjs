// One session of `npm start`: a virtual iPhone and an editor. Options: --port N (of the VS Code server), --content SPEC.
import { parseArgs } from 'node:util';
import { findProgram } from '../support/run.mjs';
import { main, say } from '../support/say.mjs';
import { openDesktop } from './desktop.mjs';
import { openServer } from './server.mjs';
import { startVirtualPhone } from './virtual-phone.mjs';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8137' }, content: { type: 'string', default: 'demo' } } });

await main(async () => {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => ending.abort());
  const parts = [];
  try {
    const phone = await startVirtualPhone(values.content);
    parts.unshift(phone);
    say(`Virtual iPhone: connected at ${phone.address}.`);
    const open = findProgram('code') ? openDesktop : openServer;
    const editor = await open({ environment: { USBMUXD_SOCKET_ADDRESS: phone.address }, port: Number(values.port) });
    parts.unshift(editor);
    say(editor.words);
    await Promise.race([editor.ended, phone.ended, aborted(ending.signal)]);
  } finally {
    for (const part of parts) await part.stop();
    say('\nStopped: editor and virtual iPhone have ended.');
  }
});

function aborted(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', resolve, { once: true });
  });
}
