import assert from 'node:assert/strict';
import { asArray, asBigInt, asDict, PlistReal } from '../../../../src/plist/index.ts';
import type { Moods, WireFault } from '../../../../src/virtual-iphone/contract.ts';
import { manyFiles } from './support/list-content.ts';
import { contentOf } from './support/backup-reader.ts';
import { MemoryHost, type Verdict } from './support/memory-host.ts';
import { testPhone } from './support/phone.ts';

const span = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, index) => first + index);

async function backupWith(moods: Partial<Moods>, ios = '18.5'): Promise<{ readonly verdict: Verdict | undefined; readonly host: MemoryHost }> {
  const phone = testPhone(manyFiles(200), { moods, ios });
  const host = new MemoryHost();
  return { verdict: await host.backup(phone), host };
}

describe('a phone that refuses a backup', () => {
  const cases: readonly (readonly [Partial<Moods>, number, RegExp, string?])[] = [
    [{ setupUnfinished: true }, 212, /^Unable to backup until Setup is finished \(MBErrorDomain\/212\)$/],
    [{ passcode: 'refused', passcodeDelay: 1 }, 208, /^Device locked \(MBErrorDomain\/208\)$/],
    [{ passcode: 'ignored', passcodeLimit: 5 }, 208, /^Device locked/],
    [{ locked: true }, 208, /^Device locked/],
    [{ locked: true }, 1, /^Error copying keychain data \(MBErrorDomain\/1\)$/, '15.6'],
    [{ snapshotLeftover: true }, 3, /^Failed to create snapshot: File exists \(17\) at path "\/private\/var" \(MBErrorDomain\/3\)$/],
  ];
  for (const [moods, code, text, ios] of cases) {
    it(`${JSON.stringify(moods)} ends with ${code}`, async () => {
      const { verdict, host } = await backupWith(moods, ios);
      assert.equal(verdict?.code, code);
      assert.match(verdict?.text ?? '', text);
      assert.deepEqual(host.uploads, []);
    });
  }

  it('asks for the passcode since iOS 16.1 only, and goes on when it is entered', async () => {
    assert.equal((await backupWith({ passcode: 'refused', passcodeDelay: 1 }, '16.0')).verdict?.code, 0);
    assert.equal((await backupWith({ passcode: 'answered', locked: true, passcodeDelay: 1 }, '16.1')).verdict?.code, 0);
  });

  it('answers a request for another phone with an error', async () => {
    const host = new MemoryHost();
    const verdict = await host.ask(testPhone(), { MessageName: 'Backup', TargetIdentifier: '00008110-000000000000001E' });
    assert.equal(verdict?.code, 1);
  });

  it('is not left with its snapshot by a killed run, except on iOS 15, until it restarts', async () => {
    for (const [ios, code] of [['18.5', 0], ['15.2', 3]] as const) {
      const phone = testPhone(manyFiles(10), { ios });
      const host = new MemoryHost();
      host.leaveAt = ([name]) => name === 'DLMessageUploadFiles';
      assert.equal(await host.backup(phone), undefined);
      host.leaveAt = undefined;
      assert.equal((await host.backup(phone))?.code, code, ios);
      phone.restart(0);
      assert.equal((await host.backup(phone))?.code, 0, ios);
    }
  });
});

describe('the disk space conversation', () => {
  it('wants upload and 128 MiB; asks for what is missing and 2 GiB more (numbers of an iOS 26 session)', async () => {
    const phone = testPhone(manyFiles(3), { moods: { purge: true, claimedUploadSize: 967_252_656_723n } });
    const host = new MemoryHost();
    host.freeSpace = 302_044_200_960n;
    const verdict = await host.backup(phone);
    assert.deepEqual(host.messages.find(([name]) => name === 'DLMessagePurgeDiskSpace'), ['DLMessagePurgeDiskSpace', 667_490_157_139, 4]);
    assert.deepEqual([verdict?.code, verdict?.text], [105, 'Insufficient free disk space on drive to back up (MBErrorDomain/105)']);
  });

  it('holds the rule to the byte', async () => {
    const phone = testPhone(manyFiles(3), { moods: { claimedUploadSize: 1000n } });
    const host = new MemoryHost();
    host.freeSpace = 1000n + (128n << 20n);
    assert.equal((await host.backup(phone))?.code, 105);
    host.freeSpace += 1n;
    assert.equal((await host.backup(phone))?.code, 0);
  });

  it('goes on when the host made room', async () => {
    const phone = testPhone(manyFiles(3), { moods: { purge: true } });
    const host = new MemoryHost();
    host.freeSpace = 5n;
    host.purgeStatus = 0;
    host.leaveAt = ([name]) => {
      if (name === 'DLMessagePurgeDiskSpace') host.freeSpace = 10n ** 12n;
      return false;
    };
    assert.equal((await host.backup(phone))?.code, 0);
  });

  it('says nothing of purging to hosts below 400, and nothing of space below 300', async () => {
    for (const [version, expected] of [[300, ['DLMessageGetFreeDiskSpace']], [200, []]] as const) {
      const phone = testPhone(manyFiles(3), { moods: { purge: true } });
      const host = new MemoryHost();
      host.version = version;
      host.freeSpace = 5n;
      await host.backup(phone);
      assert.deepEqual(host.names().filter((name) => name.includes('DiskSpace')), expected);
    }
  });

  it('claims sizes beyond 2^53', async () => {
    const phone = testPhone(manyFiles(3), { moods: { purge: true, claimedUploadSize: 2n ** 62n } });
    const host = new MemoryHost();
    host.freeSpace = 0n;
    await host.backup(phone);
    const wanted = asBigInt(host.messages.find(([name]) => name === 'DLMessagePurgeDiskSpace')?.[1]);
    assert.equal(wanted, 2n ** 62n + (128n << 20n) + (2n << 30n));
  });
});

describe('faults on the wire', () => {
  const content = 'DLMessageUploadFiles';
  const at = (fault: WireFault): Promise<{ readonly verdict: Verdict | undefined; readonly host: MemoryHost }> => backupWith({ faults: [fault] });

  it('ends the link in place of the n-th message', async () => {
    const { verdict, host } = await at({ kind: 'disconnect', at: { message: 4 } });
    assert.equal(verdict, undefined);
    assert.equal(host.messages.length, 4);
  });

  it('ends the link at a byte of a file, having sent exactly the bytes before', async () => {
    const { verdict, host } = await at({ kind: 'disconnect', at: { file: 3, byte: 4 } });
    assert.equal(verdict, undefined);
    assert.deepEqual([host.uploads.length, host.chunkLengths.at(-1)], [3, 5]);
  });

  it('says an error in place of the n-th message of a name', async () => {
    const { verdict, host } = await at({ kind: 'error', at: { name: content, message: 1 }, code: 104, text: 'Multiple errors uploading files' });
    assert.deepEqual([verdict?.code, verdict?.text], [104, 'Multiple errors uploading files (MBErrorDomain/104)']);
    assert.equal(host.names().filter((name) => name === content).length, 1);
  });

  it('says an error due inside a stream when the batch is through', async () => {
    const { verdict, host } = await at({ kind: 'error', at: { file: 5 }, code: 100 });
    assert.equal(verdict?.code, 100);
    assert.equal(host.uploads.length, 1 + 128);
  });

  it('ends one file with an error unit and goes on without its row', async () => {
    const phone = testPhone(manyFiles(200), { moods: { faults: [{ kind: 'file-error', at: { file: 7, byte: 2 }, text: 'Input/output error (5)' }] } });
    const host = new MemoryHost();
    assert.equal((await host.backup(phone))?.code, 0);
    assert.deepEqual([...host.failedUploads.values()], ['Input/output error (5)']);
    const [path = ''] = host.failedUploads.keys();
    const files = contentOf(host, phone.identity.udid, undefined);
    assert.equal(files.size, 199);
    assert.ok(!host.files.has(path.replace('Snapshot/', '')));
  });

  it('cancels on the phone: a notification, the operation in progress, then 202', async () => {
    const phone = testPhone(manyFiles(200), { moods: { faults: [{ kind: 'cancel-on-phone', at: { file: 20 } }] } });
    const seen: string[] = [];
    phone.observe((name) => seen.push(name));
    const host = new MemoryHost();
    const verdict = await host.backup(phone);
    assert.deepEqual([verdict?.code, host.uploads.length], [202, 129]);
    assert.ok(seen.includes('com.apple.itunes-client.syncCancelRequest'));
  }).timeout(10_000);

  it('falls silent for a time and goes on', async () => {
    const { verdict } = await at({ kind: 'silence', at: { file: 2, byte: 1 }, ms: 20 });
    assert.equal(verdict?.code, 0);
  });

  it('says goodbye in place of a message, after a file stream, and in place of the verdict', async () => {
    for (const place of [{ message: 4 }, { file: 20, byte: 2 }, { name: 'DLMessageProcessMessage', message: 1 }]) {
      const { verdict, host } = await at({ kind: 'goodbye', at: place, text: 'Bye' });
      assert.equal(verdict, undefined);
      assert.deepEqual(host.messages.at(-1), ['DLMessageDisconnect', 'Bye']);
    }
  });

  it('acts at the n-th file of a restore, and at a byte of all its files', async () => {
    for (const [place, expected] of [[{ file: 100 }, 101], [{ byte: 50 }, 1]] as const) {
      const phone = testPhone(manyFiles(200));
      const host = new MemoryHost();
      await host.backup(phone);
      host.forget();
      phone.setMoods({ faults: [{ kind: 'disconnect', at: { name: 'DLMessageDownloadFiles', ...place } }] });
      assert.equal(await host.restore(phone, phone.identity.udid, { RestoreSystemFiles: true, RestoreDontCopyBackup: true }), undefined);
      assert.ok(host.sent.length >= expected, `${host.sent.length} files`);
      assert.deepEqual(phone.moods.faults, []);
    }
  });

  it('says every code of MBErrorDomain, in the words of phones or in those it was given', async () => {
    for (const code of [...span(1, 9), 11, 13, 14, 22, 25, 26, ...span(100, 106), ...span(201, 224), ...span(300, 307)]) {
      const { verdict } = await at({ kind: 'error', at: { name: 'DLContentsOfDirectory' }, code });
      assert.equal(verdict?.code, code);
      assert.match(verdict?.text ?? '', new RegExp(`^\\w.+ \\(MBErrorDomain/${code}\\)$`));
    }
    assert.equal((await at({ kind: 'error', at: { message: 5 }, code: 105 })).verdict?.text, 'Insufficient free disk space on drive to back up (MBErrorDomain/105)');
    assert.equal((await at({ kind: 'error', at: { message: 5 }, code: 105, text: 'No' })).verdict?.text, 'No (MBErrorDomain/105)');
  });

  it('acts once: the next run is not disturbed', async () => {
    const phone = testPhone(manyFiles(200), { moods: { faults: [{ kind: 'disconnect', at: { byte: 300 } }] } });
    const host = new MemoryHost();
    assert.equal(await host.backup(phone), undefined);
    assert.equal((await host.backup(phone))?.code, 0);
  });
});

describe('a hostile phone', () => {
  const path = '../../etc/passwd';
  const carriers: Readonly<Record<string, (parts: readonly unknown[]) => unknown>> = {
    'DownloadFiles': (parts) => asArray(parts[1] as never)?.[0],
    'MoveItems:from': (parts) => Object.keys(asDict(parts[1] as never) ?? {})[0],
    'MoveItems:to': (parts) => Object.values(asDict(parts[1] as never) ?? {})[0],
    'CopyItem:from': (parts) => parts[1],
    'CopyItem:to': (parts) => parts[2],
    'RemoveItems': (parts) => asArray(parts[1] as never)?.[0],
    'CreateDirectory': (parts) => parts[1],
    'ContentsOfDirectory': (parts) => parts[1],
  };
  for (const [message, pathOf] of Object.entries(carriers)) {
    it(`puts its path into ${message}, once`, async () => {
      const { verdict, host } = await backupWith({ hostile: { message, path } });
      assert.equal(verdict?.code, 0);
      assert.equal(host.messages.filter((parts) => pathOf(parts) === path).length, 1);
    });
  }

  it('puts its path into an upload', async () => {
    const { host } = await backupWith({ hostile: { message: 'UploadFiles', path } });
    assert.equal(host.uploads.filter((one) => one === path).length, 1);
  });

  for (const message of ['CreateDirectory', 'UploadFiles:name', 'UploadFiles:chunk']) {
    it(`cuts a frame off in ${message}`, async () => {
      const { verdict } = await backupWith({ hostile: { message, path, form: 'truncated-frame' } });
      assert.equal(verdict, undefined);
    });

    it(`announces a length that cannot be in ${message}`, async () => {
      await assert.rejects(backupWith({ hostile: { message, path, form: 'absurd-length' } }), /A unit of 4294967280 bytes/);
    });
  }

  it('sends plists that are too deep and too many', async () => {
    for (const form of ['deep-plist', 'huge-plist'] as const) {
      await assert.rejects(backupWith({ hostile: { message: 'MoveItems:to', path, form } }), { name: 'PlistError' });
    }
  });

  it('leaves out what a message must carry', async () => {
    const { host } = await backupWith({ hostile: { message: 'ContentsOfDirectory', path, form: 'wrong-count' } });
    assert.equal(host.messages.filter(([name, ...parts]) => name === 'DLContentsOfDirectory' && parts.length === 0).length, 1);
  });

  it('says its version as an integer, and uploads into folders that are not there', async () => {
    const calm = await backupWith({});
    assert.ok(asDict(calm.host.messages[2]?.[1])?.['ProtocolVersion'] instanceof PlistReal);
    assert.equal(asDict((await backupWith({ integerProtocolVersion: true })).host.messages[2]?.[1])?.['ProtocolVersion'], 2);
    assert.ok(calm.host.names().includes('DLMessageCreateDirectory'));
    const { host } = await backupWith({ skipFolders: true });
    assert.ok(!host.names().includes('DLMessageCreateDirectory') && host.uploads.length > 200);
  });

  it('says nothing unknown unless told, and then everywhere', async () => {
    const { host } = await backupWith({ unknownKeys: true });
    assert.equal(asDict(host.messages[2]?.[1])?.['KeyOfTheFuture'], 1);
    assert.ok(asDict(host.messages.find(([name]) => name === 'DLMessageUploadFiles')?.[1])?.['DLOptionOfTheFuture']);
  });
});
