import { generateKeyPairSync } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { writePairRecord } from '../../../src/device/lockdown/pair-record.ts';
import { makePairIdentity } from '../../../src/device/pairing/certificates.ts';
import { asDict, asString, readPlist, writeXmlPlist, type PlistDict, type PlistValue } from '../../../src/plist/index.ts';
import { type FakeMuxer, testUdid } from './fake-muxer.ts';

export type LockdownAnswer = Readonly<Record<string, PlistValue>> | 'close' | 'silence' | Buffer;
export type LockdownHandler = (message: PlistDict) => LockdownAnswer;

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const devicePublicKey = Buffer.from(keys.publicKey.export({ type: 'pkcs1', format: 'pem' }));
const deviceKey = keys.privateKey.export({ type: 'pkcs8', format: 'pem' });
export const identity = await makePairIdentity(devicePublicKey, new Date('2026-01-01T00:00:00Z'));
export const hostId = 'B2A90C0F-0D9C-4C0A-9D3B-4E0A54F5A1C1';
export const systemBuid = '30142955-444094379208051516';

export const savedRecord = (): Buffer =>
  writePairRecord({ ...identity, hostId, systemBuid, escrowBag: Buffer.alloc(32, 7), wifiMacAddress: '00:11:22:33:44:55' });

/** The value of `{Domain}/{Key}`; the root domain is ''. */
export type Values = Readonly<Record<string, PlistValue>>;

export function lockdownReply(request: string, keys: Readonly<Record<string, PlistValue>> = {}): LockdownAnswer {
  return { Request: request, ...keys };
}

/** Reads frames (u32 BE length, plist) from a stream and answers each. */
export function servePlists(stream: Duplex, answer: (message: PlistDict) => LockdownAnswer | readonly LockdownAnswer[]): void {
  let pending = Buffer.alloc(0);
  stream.on('error', () => undefined);
  stream.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32BE(0)) {
      const end = 4 + pending.readUInt32BE(0);
      const message = asDict(readPlist(pending.subarray(4, end))) ?? {};
      pending = pending.subarray(end);
      for (const reply of listOf(answer(message))) sendPlist(stream, reply);
    }
  });
  stream.resume();
}

const isList = (answer: LockdownAnswer | readonly LockdownAnswer[]): answer is readonly LockdownAnswer[] => Array.isArray(answer);
const listOf = (answer: LockdownAnswer | readonly LockdownAnswer[]): readonly LockdownAnswer[] => (isList(answer) ? answer : [answer]);

export function sendPlist(stream: Duplex, reply: LockdownAnswer): void {
  if (reply === 'close') stream.end();
  else if (Buffer.isBuffer(reply)) stream.write(reply);
  else if (reply !== 'silence') stream.write(plistFrame(reply));
}

export function plistFrame(message: Readonly<Record<string, PlistValue>>): Buffer {
  const body = writeXmlPlist(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

export const asTls = (socket: Socket): TLSSocket =>
  new TLSSocket(socket, { isServer: true, key: deviceKey, cert: identity.deviceCertificate, requestCert: true, rejectUnauthorized: false });

/** A lockdownd with sessions over TLS, values and services, behind a fake muxer that knows its pair record. */
export class FakeLockdown {
  readonly requests: PlistDict[] = [];
  readonly handlers: Record<string, LockdownHandler>;
  values: Record<string, PlistValue> = { '/ProductVersion': '18.5', '/DevicePublicKey': devicePublicKey, '/WiFiAddress': '00:11:22:33:44:55' };
  readonly services = new Map<string, { readonly port: number; readonly isSecure: boolean }>();
  /** What a session's StartSession is followed by. */
  sessions = 0;
  readonly #muxer: FakeMuxer;

  constructor(muxer: FakeMuxer, isPaired = true) {
    this.#muxer = muxer;
    if (isPaired) muxer.pairRecords.set(testUdid, savedRecord());
    this.handlers = {
      GetValue: (message) => this.#getValue(message),
      SetValue: () => lockdownReply('SetValue'),
      StartSession: () => lockdownReply('StartSession', { SessionID: `S${++this.sessions}`, EnableSessionSSL: true }),
      StopSession: () => lockdownReply('StopSession', { Result: 'Success' }),
      StartService: (message) => this.#startService(message),
      Pair: () => lockdownReply('Pair', { EscrowBag: Buffer.alloc(32, 9) }),
    };
    muxer.ports.set(62_078, (socket) => this.#serve(socket));
  }

  /** Adds a service on a port of its own; `serve` gets the stream, decrypted when the service is secure. */
  addService(name: string, serve: (stream: Duplex) => void, isSecure = true): void {
    const port = 50_000 + this.services.size;
    this.services.set(name, { port, isSecure });
    this.#muxer.ports.set(port, (socket) => serve(isSecure ? quiet(asTls(socket)) : socket));
  }

  #serve(socket: Socket): void {
    servePlists(socket, (message) => {
      const reply = this.#answer(message);
      const isSession = message['Request'] === 'StartSession' && typeof reply === 'object' && 'EnableSessionSSL' in reply && reply['EnableSessionSSL'] === true;
      if (isSession) {
        socket.removeAllListeners('data');
        setImmediate(() => servePlists(asTls(socket), (inside) => this.#answer(inside)));
      }
      return reply;
    });
  }

  #answer(message: PlistDict): LockdownAnswer {
    this.requests.push(message);
    const request = asString(message['Request']) ?? '';
    return this.handlers[request]?.(message) ?? lockdownReply(request, { Error: 'InvalidRequest' });
  }

  #getValue(message: PlistDict): LockdownAnswer {
    const domain = asString(message['Domain']) ?? '';
    const key = asString(message['Key']);
    const inDomain = Object.entries(this.values).filter(([path]) => path.slice(0, path.indexOf('/')) === domain);
    const dict = Object.fromEntries(inDomain.map(([path, value]) => [path.slice(path.indexOf('/') + 1), value]));
    const value = key === undefined ? dict : dict[key];
    return lockdownReply('GetValue', value === undefined ? { Error: 'MissingValue' } : { Value: value });
  }

  #startService(message: PlistDict): LockdownAnswer {
    const service = this.services.get(asString(message['Service']) ?? '');
    if (!service) return lockdownReply('StartService', { Error: 'InvalidService' });
    return lockdownReply('StartService', { Port: service.port, ...(service.isSecure ? { EnableServiceSSL: true } : {}) });
  }
}

function quiet(stream: TLSSocket): TLSSocket {
  return stream.on('error', () => undefined);
}
