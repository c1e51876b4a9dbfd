/** The six kinds of failure; the CLI's exit code and the tone of a message follow from the kind. */
export type ErrorKind = 'device' | 'connection' | 'host' | 'data' | 'cancelled' | 'crash';

export interface ErrorDetails {
  /** What it concerned: a domain and path, a host path, a service, a message name. */
  readonly subject?: string | undefined;
  /** The other side's own words, verbatim; shown as evidence, never as the explanation. */
  readonly deviceText?: string | undefined;
  /** Figures and names for the sentence; bytes as numbers. */
  readonly facts?: ErrorFigures | undefined;
  readonly cause?: unknown;
}

export type ErrorFigures = Readonly<Record<string, string | number>>;

/**
 * Root of all errors of the engine.
 *
 * `code` is stable and is what `diagnosis/` maps to a cause and a remedy; `message` is one English sentence
 * without a full stop, for logs. No layer shows a lower one's `message` to a person.
 */
export abstract class EngineError extends Error {
  abstract readonly kind: ErrorKind;
  readonly code: string;
  readonly subject: string | undefined;
  readonly deviceText: string | undefined;
  readonly facts: ErrorFigures | undefined;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.subject = details.subject;
    this.deviceText = details.deviceText;
    this.facts = details.facts;
  }
}

/** The device answered with an error: `code` is `mb.<MBErrorDomain number>`, `lockdown.<Error string>`, `afc.<status>` or `service.<name>`. */
export class DeviceError extends EngineError {
  readonly kind = 'device';

  /** An error of MBErrorDomain, as the final `Response` carries it. */
  static mobileBackup(errorCode: number, text: string | undefined): DeviceError {
    return new DeviceError(`mb.${errorCode}`, `The device ended with error ${errorCode}`, { deviceText: text });
  }

  static lockdown(error: string, subject?: string): DeviceError {
    return new DeviceError(`lockdown.${error}`, `The device refused: ${error}`, { subject, deviceText: error });
  }
}

/** Muxer or link: `code` is `mux.missing`, `mux.refused`, `mux.bad-address`, `mux.protocol`, `mux.untrusted`, `link.lost`, `link.silent`, `link.tls`, `device.gone`. */
export class ConnectionError extends EngineError {
  readonly kind = 'connection';
}

/** This computer refused: `code` is `host.no-space`, `host.permission`, `host.read-only`, `host.io`, `host.missing`, `host.busy`, `host.file-busy`, `host.file-too-large`, `host.locked`, `host.suspended`. */
export class HostError extends EngineError {
  readonly kind = 'host';
}

/** Bytes that are not what they should be: `code` is `data.plist`, `data.frame`, `data.path`, `data.manifest`, `data.keybag`, `data.password`, `data.damaged`, `data.limit`, `data.selection`. */
export class DataError extends EngineError {
  readonly kind = 'data';
}

/** Stopped on purpose: `code` is `cancelled.host` or `cancelled.device`. */
export class CancelledError extends EngineError {
  readonly kind = 'cancelled';
}

/** A fault of ours. `code` is `crash.worker` or `crash.internal`. */
export class CrashError extends EngineError {
  readonly kind = 'crash';
}

const errnoCodes: Readonly<Record<string, string>> = {
  ENOSPC: 'host.no-space',
  EDQUOT: 'host.no-space',
  EACCES: 'host.permission',
  EPERM: 'host.permission',
  EROFS: 'host.read-only',
  EFBIG: 'host.file-too-large',
  EBUSY: 'host.file-busy',
  ENOENT: 'host.missing',
};

/** Wraps a Node file-system error; `subject` is the host path. Errors of the engine pass unchanged. */
export function hostError(error: unknown, subject: string): EngineError {
  if (error instanceof EngineError) return error;
  const errno = (error as { readonly code?: string }).code ?? 'unknown';
  return new HostError(errnoCodes[errno] ?? 'host.io', `File operation failed with ${errno}`, { subject, cause: error });
}

/** What crosses a thread or process border in place of an error object. */
export interface ErrorFacts {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly message: string;
  readonly subject?: string | undefined;
  readonly deviceText?: string | undefined;
  readonly facts?: ErrorFigures | undefined;
}

export function errorFacts(error: unknown): ErrorFacts {
  if (error instanceof EngineError) {
    const { kind, code, message, subject, deviceText, facts } = error;
    return { kind, code, message, subject, deviceText, facts };
  }
  return { kind: 'crash', code: 'crash.internal', message: error instanceof Error ? error.message : String(error) };
}

const classes = { device: DeviceError, connection: ConnectionError, host: HostError, data: DataError, cancelled: CancelledError, crash: CrashError };

export function errorFromFacts(facts: ErrorFacts): EngineError {
  return new classes[facts.kind](facts.code, facts.message, { subject: facts.subject, deviceText: facts.deviceText, facts: facts.facts });
}
