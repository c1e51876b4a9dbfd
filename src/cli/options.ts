import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './command.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true; strict: true }>>;

/** Options that every command of the engine takes. */
export const commonOptions = {
  library: { type: 'string' },
  udid: { type: 'string' },
  muxer: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

export const commonHelp = `  --library DIR    folder of all backups (default "~/iPhone Backups")
  --udid UDID      which device, where more than one is there
  --muxer ADDRESS  127.0.0.1:PORT or UNIX:/path (default: USBMUXD_SOCKET_ADDRESS, then the system's)
  --json           events and results as JSON, one object a line`;

/** Parses strictly; an unknown or misspelt option is a `UsageError` that names it. */
export function readOptions<const T extends Options>(args: readonly string[], options: T, maxPositionals: number): Parsed<T> {
  let parsed: Parsed<T>;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
  }
  const extra = parsed.positionals[maxPositionals];
  if (extra !== undefined) throw new UsageError(`Unexpected argument '${extra}'`);
  return parsed;
}

export const defaultLibrary = (): string => join(homedir(), 'iPhone Backups');
