import assert from 'node:assert/strict';
import { parseMessage, readParts } from '../../../src/mobilebackup2/messages.ts';
import { PlistReal, writeBinaryPlist, type PlistValue } from '../../../src/plist/index.ts';
import { DataError } from '../../../src/shared/errors.ts';

const path = '00008110-000A1B2C3D4E5F60/Status.plist';

describe('messages of a device', () => {
  const known: readonly (readonly [parts: readonly [string, ...PlistValue[]], parsed: object])[] = [
    [
      ['DLMessageDownloadFiles', [path], { DLDeviceIOCallbacks: 4955806704 }, new PlistReal(0.97970221454610817), 0],
      { kind: 'download', paths: [path], percent: 0.97970221454610817, bytes: 0 },
    ],
    [['DLMessageUploadFiles', {}, new PlistReal(1.1107738280575556), 0], { kind: 'upload', percent: 1.1107738280575556, bytes: 0 }],
    [
      ['DLMessageUploadFiles', { DLDeviceIOCallbacks: 392695960 }, new PlistReal(13.061936), 6878833],
      { kind: 'upload', percent: 13.061936, bytes: 6878833 },
    ],
    [
      ['DLMessageMoveItems', { b: 'c', a: 'd' }, {}, new PlistReal(100), 0],
      { kind: 'move', moves: [['b', 'c'], ['a', 'd']], percent: 100 },
    ],
    [['DLMessageMoveFiles', { a: 'b' }, {}, new PlistReal(100)], { kind: 'move', moves: [['a', 'b']], percent: 100 }],
    [['DLMessageRemoveItems', ['a', 'b'], {}, new PlistReal(100), 0], { kind: 'remove', paths: ['a', 'b'], percent: 100 }],
    [['DLMessageRemoveFiles', ['a'], {}, new PlistReal(100)], { kind: 'remove', paths: ['a'], percent: 100 }],
    [['DLMessageCopyItem', 'a', 'b', {}], { kind: 'copy', from: 'a', to: 'b', percent: undefined }],
    [['DLMessageCreateDirectory', path, {}, new PlistReal(0)], { kind: 'create', path }],
    [['DLContentsOfDirectory', path], { kind: 'list', path }],
    [['DLMessageGetFreeDiskSpace'], { kind: 'free-space' }],
    [['DLMessagePurgeDiskSpace', 26418026591, 4], { kind: 'purge', bytesWanted: 26418026591n }],
    [['DLMessagePurgeDiskSpace', 2n ** 62n, 4], { kind: 'purge', bytesWanted: 2n ** 62n }],
    [['DLMessageDisconnect', 'bye'], { kind: 'disconnect' }],
    [['DLMessagePing', 'text'], { kind: 'unknown', name: 'DLMessagePing' }],
    [['DLMessageUploadFiles', {}, 50, 0], { kind: 'upload', percent: 50, bytes: 0 }],
    [['DLMessageUploadFiles', {}, new PlistReal(140), 0], { kind: 'upload', percent: undefined, bytes: 0 }],
    [['DLMessageUploadFiles', {}, new PlistReal(Number.NaN), 0], { kind: 'upload', percent: undefined, bytes: 0 }],
  ];
  for (const [parts, parsed] of known) {
    it(`reads ${parts[0]} as ${JSON.stringify(parsed, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))}`, () => {
      assert.deepEqual(parseMessage(readParts(writeBinaryPlist([...parts]))), parsed);
    });
  }

  it('reads a verdict with its text', () => {
    const text = 'Device locked (MBErrorDomain/208)';
    const parsed = parseMessage(readParts(writeBinaryPlist([
      'DLMessageProcessMessage',
      { MessageName: 'Response', ErrorCode: 208, ErrorDescription: text },
    ])));
    assert.ok(parsed.kind === 'response');
    assert.deepEqual([parsed.errorCode, parsed.text], [208, text]);
  });

  const malformed: readonly PlistValue[][] = [
    [],
    [42],
    ['Hello'],
    ['DLMessageDownloadFiles'],
    ['DLMessageDownloadFiles', 'path'],
    ['DLMessageDownloadFiles', [1]],
    ['DLMessageMoveItems', ['a', 'b']],
    ['DLMessageMoveItems', { a: 1 }],
    ['DLMessageRemoveItems', {}],
    ['DLMessageCopyItem', 'a'],
    ['DLMessageCreateDirectory', 1],
    ['DLContentsOfDirectory'],
    ['DLMessagePurgeDiskSpace'],
    ['DLMessagePurgeDiskSpace', new PlistReal(1)],
    ['DLMessageProcessMessage'],
    ['DLMessageProcessMessage', { MessageName: 'Hello' }],
    ['DLMessageProcessMessage', { MessageName: 'Response' }],
    ['DLMessageProcessMessage', { MessageName: 'Response', ErrorCode: new PlistReal(0) }],
  ];
  it('refuses known messages of another shape', () => {
    for (const parts of malformed) {
      assert.throws(() => parseMessage(parts), (error) => error instanceof DataError && error.code === 'data.frame', JSON.stringify(parts));
    }
  });

  it('refuses what is not a property list, or not an array', () => {
    assert.throws(() => readParts(Buffer.from('DLMessage')), { code: 'data.plist' });
    assert.throws(() => readParts(writeBinaryPlist({ a: 1 })), { code: 'data.frame' });
  });
});
