import assert from 'node:assert/strict';
import type { Duplex } from 'node:stream';
import { startVirtual, type RunningVirtual } from '../../../../src/virtual-iphone/index.ts';
import { app, fewFiles, pictureBytes } from '../few-files.ts';
import { Inbox, PlistHost, recordSeed, service } from '../host.ts';

const number64 = (value: number | bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return bytes;
};
const text = (...strings: string[]): Buffer => Buffer.from(strings.map((each) => `${each}\0`).join(''));

interface Reply {
  readonly raw: Buffer;
  readonly number: number;
  readonly operation: number;
  readonly data: Buffer;
}

/** A host's end of AFC. */
class AfcHost {
  readonly #inbox: Inbox;
  #packets = 0;

  constructor(stream: Duplex) {
    this.#inbox = new Inbox(stream);
  }

  get stream(): Duplex {
    return this.#inbox.stream;
  }

  async raw(packet: Buffer): Promise<Reply> {
    this.#inbox.stream.write(packet);
    const head = await this.#inbox.take(40);
    const data = await this.#inbox.take(Number(head.readBigUInt64LE(8)) - 40);
    return { raw: Buffer.concat([head, data]), number: head.readUInt32LE(24), operation: head.readUInt32LE(32), data };
  }

  ask(operation: number, data: Buffer = Buffer.alloc(0), payload: Buffer = Buffer.alloc(0)): Promise<Reply> {
    const own = 40 + data.length;
    const numbers = [own + payload.length, own, ++this.#packets, operation].map(number64);
    return this.raw(Buffer.concat([Buffer.from('CFA6LPAA'), ...numbers, data, payload]));
  }

  /** The status code; 0 for replies that carry something else. */
  async status(operation: number, data?: Buffer, payload?: Buffer): Promise<number> {
    const reply = await this.ask(operation, data, payload);
    return reply.operation === 1 ? Number(reply.data.readBigUInt64LE()) : 0;
  }

  async open(path: string, mode: number): Promise<Buffer> {
    const reply = await this.ask(13, Buffer.concat([number64(mode), text(path)]));
    assert.equal(reply.operation, 14);
    return reply.data;
  }

  async strings(operation: number, data: Buffer): Promise<string[]> {
    return (await this.ask(operation, data)).data.toString().split('\0').slice(0, -1);
  }
}

describe('AFC of the virtual phone', () => {
  let virtual: RunningVirtual;
  beforeEach(async () => {
    virtual = await startVirtual({ seed: recordSeed, content: fewFiles([app('com.example.notes'), app('com.example.dev', { sinf: undefined }), app('com.apple.system', { type: 'System' })]) });
  });
  afterEach(() => virtual.close());

  const open = async (): Promise<AfcHost> => new AfcHost(await service(virtual, 'com.apple.afc'));

  it('answers a lock request byte for byte', async () => {
    const host = await open();
    const handle = await host.open('/com.apple.itunes.lock_sync', 2);
    assert.equal(handle.readBigUInt64LE(), 1n);
    const magic = Buffer.from('CFA6LPAA');
    const reply = await host.raw(Buffer.concat([magic, ...[0x38, 0x38, 2, 0x1b, 1, 6].map(number64)]));
    const expected = Buffer.concat([magic, ...[0x30, 0x30, 2, 1, 0].map(number64)]).toString('hex');
    assert.equal(reply.raw.toString('hex'), expected);
  });

  it('gives the lock to one connection, and to the next when that ends', async () => {
    const [one, two] = [await open(), await open()];
    const first = await one.open('com.apple.itunes.lock_sync', 2);
    const second = await two.open('/com.apple.itunes.lock_sync', 2);
    assert.equal(await one.status(27, Buffer.concat([first, number64(6)])), 0);
    assert.equal(await two.status(27, Buffer.concat([second, number64(6)])), 19);
    assert.equal(await one.status(27, Buffer.concat([first, number64(12)])), 0);
    assert.equal(await two.status(27, Buffer.concat([second, number64(6)])), 0);
    two.stream.destroy();
    await until(async () => (await one.status(27, Buffer.concat([first, number64(6)]))) === 0);
  });

  it('is busy when the mood says so', async () => {
    virtual.phone.setMoods({ lockFileBusy: true });
    const host = await open();
    const handle = await host.open('/com.apple.itunes.lock_sync', 2);
    assert.equal(await host.status(27, Buffer.concat([handle, number64(6)])), 19);
  });

  it('lists folders and tells of files, folders and links', async () => {
    const host = await open();
    assert.deepEqual(await host.strings(3, text('/')), ['.', '..', 'DCIM', 'Link']);
    const facts = pairs(await host.strings(10, text('/DCIM/100APPLE/IMG_0001.JPG')));
    assert.deepEqual(facts, new Map([
      ['st_size', '600000'], ['st_blocks', '1172'], ['st_nlink', '1'], ['st_ifmt', 'S_IFREG'],
      ['st_mtime', '1700000000000000000'], ['st_birthtime', '1690000000000000000'],
    ]));
    assert.equal(pairs(await host.strings(10, text('/DCIM'))).get('st_ifmt'), 'S_IFDIR');
    assert.equal(pairs(await host.strings(10, text('/Link'))).get('LinkTarget'), 'DCIM');
    assert.equal(await host.status(10, text('/Books/iBooksData2.plist')), 8);
    assert.equal(await host.status(3, text('/nowhere')), 8);
    assert.equal(await host.status(10, text('/DCIM/../../etc/passwd')), 10);
  });

  it('reads a file in pieces, from any place, up to its end', async () => {
    const host = await open();
    const handle = await host.open('/DCIM/100APPLE/IMG_0001.JPG', 1);
    const expected = pictureBytes();
    const parts: Buffer[] = [];
    for (;;) {
      const { data, raw } = await host.ask(15, Buffer.concat([handle, number64(65_536)]));
      if (data.length === 0) {
        assert.equal(raw.length, 40);
        break;
      }
      parts.push(data);
    }
    assert.ok(Buffer.concat(parts).equals(expected));
    assert.equal(await host.status(17, Buffer.concat([handle, number64(0), number64(300_001)])), 0);
    assert.ok((await host.ask(15, Buffer.concat([handle, number64(10)]))).data.equals(expected.subarray(300_001, 300_011)));
    assert.equal(await host.status(17, Buffer.concat([handle, number64(2), number64(-4)])), 0);
    assert.equal((await host.ask(18, handle)).data.readBigUInt64LE(), 599_996n);
    assert.equal((await host.ask(15, Buffer.concat([handle, number64(10)]))).data.length, 4);
    assert.equal(await host.status(16, handle, Buffer.from('x')), 10);
    assert.equal(await host.status(20, handle), 0);
    assert.equal(await host.status(20, handle), 7);
  });

  it('makes folders and writes files that the phone sees', async () => {
    const host = await open();
    assert.equal(await host.status(9, text('/iTunesRestore')), 0);
    assert.equal(await host.status(9, text('/iTunesRestore')), 0, 'an existing folder is no error');
    const handle = await host.open('/iTunesRestore/RestoreApplications.plist', 4);
    assert.equal(await host.status(16, handle, Buffer.from('hello ')), 0);
    assert.equal(await host.status(16, handle, Buffer.from('world')), 0);
    assert.equal(await host.status(21, Buffer.concat([handle, number64(8)])), 0);
    assert.equal(await host.status(20, handle), 0);
    assert.equal(String(virtual.phone.mediaFiles.get('iTunesRestore/RestoreApplications.plist')), 'hello wo');
    assert.equal(await host.status(8, text('/iTunesRestore')), 1, 'not empty');
    assert.equal(await host.status(24, text('/iTunesRestore/RestoreApplications.plist', '/moved')), 0);
    assert.equal(await host.status(8, text('/iTunesRestore')), 0);
    assert.deepEqual(await host.strings(3, text('')), ['.', '..', 'DCIM', 'Link', 'moved']);
  });

  it('removes and overwrites files of the phone without touching its content', async () => {
    const host = await open();
    assert.equal(await host.status(34, text('/DCIM')), 0);
    assert.deepEqual(await host.strings(3, text('/')), ['.', '..', 'Link']);
    assert.equal(await host.status(10, text('/DCIM/100APPLE/IMG_0001.JPG')), 8);
  });

  it('changes a copy of a file of the phone', async () => {
    const host = await open();
    const handle = await host.open('/DCIM/100APPLE/IMG_0001.JPG', 5);
    assert.equal(await host.status(16, handle, Buffer.from('end')), 0);
    assert.equal(virtual.phone.mediaFiles.get('DCIM/100APPLE/IMG_0001.JPG')?.length, 600_003);
  });

  it('tells of its disk', async () => {
    const host = await open();
    const facts = pairs(await host.strings(11, Buffer.alloc(0)));
    assert.equal(facts.get('Model'), 'iPhone16,1');
    assert.equal(facts.get('FSTotalBytes'), '247983448064');
    assert.equal(facts.get('FSBlockSize'), '4096');
  });

  it('refuses what it does not do, and what makes no sense', async () => {
    const host = await open();
    assert.equal(await host.status(99), 15);
    assert.equal(await host.status(13, Buffer.concat([number64(1), text('/none')])), 8);
    assert.equal(await host.status(13, Buffer.concat([number64(1), text('/DCIM')])), 9);
    assert.equal(await host.status(13, Buffer.concat([number64(77), text('/x')])), 7);
    assert.equal(await host.status(13, Buffer.concat([number64(2), text('/no/such/folder')])), 8);
    assert.equal(await host.status(15, number64(5)), 7);
  });

  it('ends a connection that lost its step', async () => {
    const stream = await service(virtual, 'com.apple.afc');
    stream.write(Buffer.alloc(40, 1));
    assert.equal((await new Inbox(stream).rest()).length, 0);
  });

  describe('through house_arrest', () => {
    async function vend(command: string, bundleId: string): Promise<{ host: PlistHost; reply: Record<string, unknown> }> {
      const host = new PlistHost(await service(virtual, 'com.apple.mobile.house_arrest'));
      return { host, reply: await host.ask({ Command: command, Identifier: bundleId }) };
    }

    it('shows the documents of an app', async () => {
      const { host, reply } = await vend('VendDocuments', 'com.example.notes');
      assert.equal(reply['Status'], 'Complete');
      const afc = new AfcHost(host.inbox.release());
      assert.deepEqual(await afc.strings(3, text('/')), ['.', '..', 'Documents']);
      assert.deepEqual(await afc.strings(3, text('/Documents')), ['.', '..', 'note.txt']);
      const handle = await afc.open('/Documents/note.txt', 1);
      assert.equal(String((await afc.ask(15, Buffer.concat([handle, number64(100)]))).data), 'hello');
    });

    it('refuses unknown apps, those of the system and containers of store apps', async () => {
      assert.equal((await vend('VendDocuments', 'com.example.none')).reply['Error'], 'ApplicationLookupFailed');
      assert.equal((await vend('VendDocuments', 'com.apple.system')).reply['Error'], 'InstallationLookupFailed');
      assert.equal((await vend('VendContainer', 'com.example.notes')).reply['Error'], 'InstallationLookupFailed');
      assert.equal((await vend('VendContainer', 'com.example.dev')).reply['Status'], 'Complete');
    });
  });
});

function pairs(strings: readonly string[]): Map<string, string> {
  return new Map(strings.flatMap((key, index) => (index % 2 === 0 ? [[key, strings[index + 1] ?? ''] as const] : [])));
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries++) {
    assert.ok(tries < 100, 'the condition never came true');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
