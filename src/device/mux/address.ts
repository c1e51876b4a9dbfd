import { ConnectionError } from '../../shared/errors.ts';

/** Where the muxer listens, in the form `net.connect` takes. */
export type MuxAddress = { readonly path: string } | { readonly host: string; readonly port: number };

const environmentVariable = 'USBMUXD_SOCKET_ADDRESS';

/**
 * Finds the muxer: `setting`, then `USBMUXD_SOCKET_ADDRESS`, then the platform's default.
 *
 * Throws `ConnectionError` `mux.bad-address` for one that cannot be understood: another muxer than the one asked for is never used.
 */
export function resolveMuxAddress(
  setting?: string,
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): MuxAddress {
  const text = (setting ?? '').trim() || (environment[environmentVariable] ?? '').trim();
  if (text !== '') return parseMuxAddress(text);
  return platform === 'win32' || platform === 'cygwin' ? { host: '127.0.0.1', port: 27015 } : { path: '/var/run/usbmuxd' };
}

/**
 * Reads one address: `127.0.0.1:27015`, `host:27015`, `[::1]:27015`, `tcp://…` before any of these, `UNIX:/path`, `unix:///path` or `/path`.
 */
export function parseMuxAddress(text: string): MuxAddress {
  const unix = /^unix:(?:\/\/)?(\/[^\0]+)$/i.exec(text)?.[1];
  if (unix !== undefined) return { path: unix };
  if (text.startsWith('/') && text.length > 1 && !text.includes('\0')) return { path: text };
  const tcp = /^(?:tcp:\/\/)?(?:\[([0-9a-f:.]+(?:%[\w.-]+)?)\]|([\w.-]+)):(\d{1,5})\/?$/i.exec(text);
  const host = tcp?.[1] ?? tcp?.[2];
  const port = Number(tcp?.[3]);
  if (host === undefined || !(port >= 1 && port <= 65_535)) {
    throw new ConnectionError('mux.bad-address', 'The address of the muxer cannot be understood', { subject: text });
  }
  return { host, port };
}

/** The address as a person would write it. */
export function muxAddressText(address: MuxAddress): string {
  if ('path' in address) return address.path;
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}
