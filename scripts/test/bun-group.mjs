import { existsSync } from 'node:fs';
import { inProject } from '../support/paths.mjs';
import { mochaArguments, runReporting } from './mocha-group.mjs';

/**
 * Certificates, TLS and key wrapping once more, on BoringSSL: the library of Electron, in which the extension runs, where
 * the project's Node has OpenSSL. Bun brings it to a plain process.
 */
const files = [
  'test/unit/format/content-cipher.test.ts',
  'test/unit/format/key-wrap.test.ts',
  'test/unit/format/unlock.test.ts',
  'test/unit/device/connection.test.ts',
  'test/unit/device/pairing/pair.test.ts',
  'test/unit/virtual-iphone/crypto/key-wrap.test.ts',
  'test/unit/virtual-iphone/crypto/keybag.test.ts',
  'test/unit/virtual-iphone/lockdown/lockdown.test.ts',
  'test/unit/virtual-iphone/tls/handshake.test.ts',
];

const bun = inProject('node_modules', 'bun', 'bin', 'bun.exe');

export const lacksBun = () => (existsSync(bun) ? undefined : 'bun is missing from node_modules');

export async function runBunTests() {
  const missing = files.filter((file) => !existsSync(inProject(file)));
  if (missing.length > 0) throw new Error(`scripts/test/bun-group.mjs names ${missing.join(', ')}, which is not there`);
  const args = mochaArguments({ name: 'bun', files, testTimeout: 60_000, style: 'dot' });
  return await runReporting({ name: 'bun', command: bun, args, limit: 3 * 60_000 });
}
