import assert from 'node:assert/strict';
import { asDict, asString, PlistReal, type PlistDict } from '../../../../src/plist/index.ts';
import type { Moods } from '../../../../src/virtual-iphone/contract.ts';
import type { VirtualPhone } from '../../../../src/virtual-iphone/index.ts';
import { sampleContent } from './support/list-content.ts';
import { MemoryHost, type HostMessage, type Verdict } from './support/memory-host.ts';
import { testPhone } from './support/phone.ts';

/* What public logs of real phones show of the phone's side; the issue numbers are libimobiledevice's where no other is named. */

interface Session {
  readonly phone: VirtualPhone;
  readonly host: MemoryHost;
  readonly verdict: Verdict | undefined;
}

async function backup(moods: Partial<Moods> = {}, ios = '18.5', prepare: (host: MemoryHost) => void = () => undefined): Promise<Session> {
  const phone = testPhone(sampleContent(), { ios, moods });
  const host = new MemoryHost();
  prepare(host);
  return { phone, host, verdict: await host.backup(phone) };
}

const all = (host: MemoryHost, name: string): HostMessage[] => host.messages.filter(([one]) => one === name);
/** Its dictionaries as ordinary objects. */
const plain = (message: HostMessage | undefined): unknown[] => (message ?? []).map((part) => (asDict(part) && !(part instanceof PlistReal) ? { ...asDict(part) } : part));

describe('the phone beside public session logs', () => {
  it('names its DeviceLink version in 80 bytes: 300 up to iOS 13 (#248), 400 since (#998, #1379)', async () => {
    for (const version of [[300, 0], [400, 0]] as const) {
      const { host } = await backup({ deviceLinkVersion: version });
      assert.deepEqual(host.messages[0], ['DLMessageVersionExchange', ...version]);
      assert.equal(host.units[0]?.length, 80);
      assert.deepEqual(host.messages[1], ['DLMessageDeviceReady']);
    }
  });

  it('answers Hello with three facts, its version a real (imobiledevice-net#81)', async () => {
    const { host } = await backup();
    const [, facts, ...rest] = host.messages[2] ?? [];
    assert.deepEqual([{ ...asDict(facts) }, rest], [{ MessageName: 'Response', ErrorCode: 0, ProtocolVersion: new PlistReal(2.1) }, []]);
  });

  it('has a directory made with a path, an empty dictionary and a real (#311)', async () => {
    const { host, phone } = await backup();
    assert.deepEqual(plain(all(host, 'DLMessageCreateDirectory')[0]), ['DLMessageCreateDirectory', phone.identity.udid, {}, new PlistReal(0)]);
  });

  it('opens a first full backup in the order of #180', async () => {
    const { host, phone } = await backup();
    const { udid } = phone.identity;
    const opening = host.messages.slice(3).filter(([name, path]) => name !== 'DLMessageCreateDirectory' || !(asString(path) ?? '').match(/\/[\da-f]{2}$/));
    assert.deepEqual(opening.slice(0, 7).map(([name, subject]) => [name, typeof subject === 'object' ? '' : subject]), [
      ['DLMessageDownloadFiles', ''],
      ['DLContentsOfDirectory', `${udid}/Snapshot`],
      ['DLContentsOfDirectory', udid],
      ['DLMessageGetFreeDiskSpace', undefined],
      ['DLMessageCreateDirectory', udid],
      ['DLMessageCreateDirectory', `${udid}/Snapshot`],
      ['DLMessageUploadFiles', ''],
    ]);
    assert.deepEqual(opening[0]?.[1], [`${udid}/Status.plist`], 'also in an empty folder');
    assert.deepEqual(plain(opening[6]), ['DLMessageUploadFiles', {}, new PlistReal(0), 0], 'a control file: no pointer, size 0');
    assert.equal(host.uploads[0], `${udid}/Status.plist`);
  });

  it('asks to purge as iOS 15.6 did: 26,418,026,591 bytes, urgency 4 (#1071)', async () => {
    const uploadSize = 26_418_026_591n + 10_000_000n - (2n << 30n) - (128n << 20n);
    const { host, verdict } = await backup({ purge: true, claimedUploadSize: uploadSize }, '15.6', (memory) => (memory.freeSpace = 10_000_000n));
    assert.deepEqual(all(host, 'DLMessageGetFreeDiskSpace'), [['DLMessageGetFreeDiskSpace']]);
    assert.deepEqual(all(host, 'DLMessagePurgeDiskSpace'), [['DLMessagePurgeDiskSpace', 26_418_026_591, 4]]);
    assert.equal(verdict?.code, 105);
  });

  it('reads its three control files back, each with a message of its own, and then only says that all is well (#1224)', async () => {
    const { host, phone } = await backup();
    const { udid } = phone.identity;
    const tail = host.messages.slice(-4);
    assert.deepEqual(tail.slice(0, 3).map(([name, paths]) => [name, paths]), ['Status.plist', 'Manifest.plist', 'Manifest.db'].map((file) => ['DLMessageDownloadFiles', [`${udid}/${file}`]]));
    assert.deepEqual({ ...asDict(tail[3]?.[1]) }, { MessageName: 'Response', ErrorCode: 0 });
    assert.equal(host.files.get(`${udid}/Status.plist`)?.length, 189);
  });

  it('fetches Status, Manifest.plist, Manifest.db and Info in this order for a restore, then content (#1386)', async () => {
    const { host, phone } = await backup();
    const { udid } = phone.identity;
    host.forget();
    await host.restore(phone, udid, { RestoreSystemFiles: true, RestoreDontCopyBackup: true });
    assert.deepEqual(host.sent.slice(0, 4), ['Status.plist', 'Manifest.plist', 'Manifest.db', 'Info.plist'].map((file) => `${udid}/${file}`));
    assert.ok(host.sent.slice(4).every((path) => /\/[\da-f]{2}\/[\da-f]{40}$/.test(path)) && host.sent.length > 8);
    assert.equal(asDict(host.messages.at(-1)?.[1])?.['ErrorCode'], 0);
  });

  const errors: readonly (readonly [string, Partial<Moods>, string])[] = [
    ['#187', { setupUnfinished: true }, 'Unable to backup until Setup is finished (MBErrorDomain/212)'],
    ['#1380', { passcode: 'ignored', passcodeLimit: 1 }, 'Device locked (MBErrorDomain/208)'],
    ['#1257', { snapshotLeftover: true }, 'Failed to create snapshot: File exists (17) at path "/private/var" (MBErrorDomain/3)'],
    ['pymobiledevice3#1879', { claimedUploadSize: 2n ** 60n }, 'Insufficient free disk space on drive to back up (MBErrorDomain/105)'],
  ];
  for (const [source, moods, text] of errors) {
    it(`says "${text}" (${source})`, async () => {
      const { host, verdict } = await backup(moods);
      const facts: PlistDict = { MessageName: 'Response', ErrorCode: verdict?.code ?? 0, ErrorDescription: text };
      assert.deepEqual({ ...asDict(host.messages.at(-1)?.[1]) }, facts);
    });
  }

  it('reads a status that the host cannot give as an error, "Multi status" and all (#153)', async () => {
    const { phone, verdict } = await backup({}, '18.5', (host) => {
      host.override = ([name, paths]) => {
        if (name !== 'DLMessageDownloadFiles') return undefined;
        const [path = ''] = paths as string[];
        return ['DLMessageStatusResponse', -13, 'Multi status', { [path]: { DLFileErrorString: 'No such file or directory', DLFileErrorCode: -1 } }];
      };
    });
    const path = `${phone.identity.udid}/Status.plist`;
    assert.deepEqual([verdict?.code, verdict?.text], [103, `Error reading status (MBErrorDomain/103). Underlying error: Multi status at path "${path}" (MBErrorDomain/1)`]);
  });

  it('ends with 104 when the host does not remove Snapshot with what is in it (#58, #376, #630)', async () => {
    const { verdict } = await backup({}, '11.2.5', (host) => {
      host.override = ([name]) => (name === 'DLMessageRemoveItems' ? ['DLMessageStatusResponse', -1, 'Directory not empty', {}] : undefined);
    });
    assert.equal(verdict?.code, 104);
    assert.match(verdict?.text ?? '', /^Error removing snapshot directory \(MBErrorDomain\/104\)\. Underlying error: Directory not empty/);
  });
});
