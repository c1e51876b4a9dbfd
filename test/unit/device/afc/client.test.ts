import assert from 'node:assert/strict';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { AfcClient, afcMode, isAfcError } from '../../../../src/device/index.ts';
import { AfcLink } from '../../../../src/device/afc/link.ts';
import { afcLock } from '../../../../src/device/afc/file.ts';
import { encodeAfcPacket, parseAfcHeader, parsePairs, pathBytes, u64 } from '../../../../src/device/afc/packet.ts';
import { FakeFiles, afcStatusReply, packet, serveAfc, words } from '../fake-afc.ts';

interface Phone {
  readonly afc: AfcClient;
  [Symbol.dispose](): void;
}

async function startPhone(serve: (socket: Socket) => void): Promise<Phone> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    serve(socket);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const afc = new AfcClient(new AfcLink(socket));
  const dispose = (): void => {
    afc.close();
    server.close();
  };
  return { afc, [Symbol.dispose]: dispose };
}

describe('AFC packets', () => {
  it('are laid out as phones lay them out: FileLock, exclusive, handle 1, second packet', () => {
    const zeros = '00'.repeat(7);
    const expected = ['434641364c504141', `38${zeros}`, `38${zeros}`, `02${zeros}`, `1b${zeros}`, `01${zeros}`, `06${zeros}`].join('');
    assert.equal(encodeAfcPacket(27, 2n, u64(1n, 6n)).toString('hex'), expected);
  });

  it('count the payload of a write apart', () => {
    const bytes = encodeAfcPacket(16, 3n, u64(9n), Buffer.from('abc'));
    assert.deepEqual(parseAfcHeader(bytes), { bodyLength: 11, dataLength: 8, number: 3n, operation: 16 });
    assert.equal(bytes.toString('latin1', 48), 'abc');
  });

  it('are refused when their lengths cannot be', () => {
    const header = (whole: number, part: number): Buffer => Buffer.concat([Buffer.from('CFA6LPAA'), words(whole, part, 1, 1)]);
    for (const [whole, part] of [[39, 39], [40, 41], [40, 0], [0, 0]] as const) {
      assert.throws(() => parseAfcHeader(header(whole, part)), { code: 'data.frame' });
    }
    const absurd = header(48, 40);
    absurd.writeBigUInt64LE(2n ** 63n, 8);
    assert.throws(() => parseAfcHeader(absurd), { code: 'data.frame' });
    assert.throws(() => parseAfcHeader(Buffer.alloc(40)), { code: 'data.frame' });
  });

  it('carry paths without a NUL inside', () => {
    assert.equal(pathBytes('/a', '/b').toString('latin1'), '/a\0/b\0');
    assert.throws(() => pathBytes('/a\0b'), { code: 'data.path' });
    assert.throws(() => parsePairs(Buffer.from('key\0')), { code: 'data.frame' });
  });
});

describe('the AFC client', () => {
  it('numbers packets from 1 on', async () => {
    const files = new FakeFiles({ '/a': Buffer.from('x') });
    using phone = await startPhone((socket) => files.serve(socket));
    await phone.afc.stat('/a');
    await phone.afc.stat('/a');
    assert.deepEqual(files.requests.map((each) => each.number), [1n, 2n]);
  });

  it('reads files of any length whole', async () => {
    for (const length of [0, 1, 65_535, 65_536, 65_537, 1_000_000]) {
      const content = Buffer.alloc(length, 'phone');
      using phone = await startPhone((socket) => new FakeFiles({ '/f': content }).serve(socket));
      assert.deepEqual(await phone.afc.readFile('/f', 2_000_000), content);
    }
  });

  it('writes a file, in pieces', async () => {
    const files = new FakeFiles();
    const content = Buffer.alloc(200_000, 'host');
    using phone = await startPhone((socket) => files.serve(socket));
    await phone.afc.makeDirectory('/iTunesRestore');
    await phone.afc.writeFile('/iTunesRestore/RestoreApplications.plist', content);
    assert.deepEqual(files.files.get('/iTunesRestore/RestoreApplications.plist'), content);
    const writes = files.requests.filter((each) => each.operation === 16);
    assert.deepEqual(writes.map((each) => [each.bytes.readUInt32LE(16), each.payload.length]), [...Array.from({ length: 6 }, () => [48, 32_768]), [48, 3_392]]);
  });

  it('tells a missing file from a failure', async () => {
    using phone = await startPhone((socket) => new FakeFiles().serve(socket));
    assert.equal(await phone.afc.readFile('/none', 10), undefined);
    assert.equal(await phone.afc.stat('/none'), undefined);
    using broken = await startPhone((socket) => serveAfc(socket, () => afcStatusReply(10)));
    await assert.rejects(broken.afc.readFile('/x', 10), { code: 'afc.10', subject: '/x', kind: 'device' });
    await assert.rejects(broken.afc.list('/x'), (error) => isAfcError(error, 10));
  });

  it('takes an existing folder and a missing file for done', async () => {
    using phone = await startPhone((socket) => serveAfc(socket, ({ operation }) => afcStatusReply(operation === 9 ? 16 : 8)));
    await phone.afc.makeDirectory('/x');
    await phone.afc.remove('/x');
  });

  it('lists and describes', async () => {
    using phone = await startPhone((socket) => new FakeFiles({ DCIM: Buffer.alloc(3), 'a/b': Buffer.alloc(1) }).serve(socket));
    assert.deepEqual(await phone.afc.list('/'), ['DCIM']);
    assert.deepEqual(await phone.afc.stat('DCIM'), { kind: 'file', size: 3, modified: new Date(1_700_000_000_123), born: undefined, linkTarget: undefined });
    const info = Buffer.from(['Model', 'iPhone16,1', 'FSTotalBytes', '247983448064', 'FSFreeBytes', '-5', 'FSBlockSize', '4096', ''].join('\0'));
    using device = await startPhone((socket) => serveAfc(socket, () => ({ operation: 2, payload: info })));
    assert.deepEqual(await device.afc.deviceInfo(), { model: 'iPhone16,1', total: 247_983_448_064, free: undefined, blockSize: 4_096 });
  });

  it('refuses a file over the limit', async () => {
    using phone = await startPhone((socket) => new FakeFiles({ '/f': Buffer.alloc(100_000) }).serve(socket));
    await assert.rejects(phone.afc.readFile('/f', 70_000), { code: 'data.limit', subject: '/f' });
    assert.equal((await phone.afc.readFile('/f', 100_000))?.length, 100_000);
  });

  it('gives answers that come in another order to whom they belong', async () => {
    const held: Buffer[] = [];
    using phone = await startPhone((socket) =>
      serveAfc(socket, ({ number, data }) => {
        held.push(packet({ operation: 2, payload: Buffer.from(`${data.toString('utf8').slice(1, 2)}\0`) }, number));
        return held.length === 3 ? Buffer.concat(held.toReversed()) : undefined;
      }),
    );
    assert.deepEqual(await Promise.all(['/a', '/b', '/c'].map((path) => phone.afc.list(path))), [['a'], ['b'], ['c']]);
  });

  const wrong = [
    ['an answer that nobody asked for', packet({ operation: 1, data: words(0) }, 99n), 'data.frame'],
    ['another operation', packet({ operation: 14, data: words(1) }, 1n), 'data.frame'],
    ['an empty status', packet({ operation: 1 }, 1n), 'afc.20'],
    ['bytes that are no AFC', Buffer.alloc(64, 'x'), 'data.frame'],
    ['an absurd length', Buffer.concat([Buffer.from('CFA6LPAA'), Buffer.alloc(32, 0xff)]), 'data.frame'],
  ] as const;
  for (const [what, reply, code] of wrong) {
    it(`names ${what}`, async () => {
      using phone = await startPhone((socket) => serveAfc(socket, () => reply));
      await assert.rejects(phone.afc.list('/'), { code });
    });
  }

  it('refuses a handle of zero and more bytes than it asked for', async () => {
    using phone = await startPhone((socket) => serveAfc(socket, () => ({ operation: 14, data: words(0) })));
    await assert.rejects(phone.afc.open('/x', afcMode.read), { code: 'data.frame' });
    using generous = await startPhone((socket) =>
      serveAfc(socket, ({ operation }) => (operation === 13 ? { operation: 14, data: words(1) } : { operation: 2, payload: Buffer.alloc(70_000) })),
    );
    await assert.rejects(generous.afc.readFile('/x', 1e6), { code: 'data.frame' });
  });

  it('fails everything that is under way when the phone goes', async () => {
    using phone = await startPhone((socket) => {
      serveAfc(socket, () => undefined);
      setTimeout(() => socket.destroy(), 30);
    });
    const results = await Promise.allSettled([phone.afc.list('/a'), phone.afc.stat('/b')]);
    assert.deepEqual(results.map((each) => each.status === 'rejected' && (each.reason as { code: string }).code), ['link.lost', 'link.lost']);
    await assert.rejects(phone.afc.list('/c'), { code: 'link.lost' });
  });

  it('locks and unlocks', async () => {
    const files = new FakeFiles();
    files.locksRefused = 1;
    using phone = await startPhone((socket) => files.serve(socket));
    const file = await phone.afc.open('/lock', afcMode.readWriteCreate);
    await assert.rejects(file.lock(afcLock.exclusive), { code: 'afc.19' });
    await file.lock(afcLock.exclusive);
    await file.lock(afcLock.unlock);
    assert.deepEqual(files.requests.map((each) => each.data.toString('hex').slice(16)), [Buffer.from('/lock\0').toString('hex'), '06', '06', '0c'].map((hex) => (hex.length === 2 ? hex.padEnd(16, '0') : hex)));
  });
});
