import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { maxNameLength } from '../../src/mobilebackup2/link-limits.ts';
import { EngineBench } from './support/engine-bench.ts';
import { isSweep, swept, testLimit } from './support/sweep.ts';
import { treePrint } from './support/engine-tree.ts';

const messages = [
  'UploadFiles', 'DownloadFiles', 'MoveItems:from', 'MoveItems:to', 'CopyItem:from', 'CopyItem:to', 'RemoveItems', 'CreateDirectory', 'ContentsOfDirectory',
];

/** Every form in which a name could lead out of the draft; `canary` is a folder beside the library, `udid` the phone's own name. */
function forms(canary: string, udid: string): string[] {
  const own = `${udid}/Manifest.db`;
  return [
    '../canary/secret', `${udid}/../../../canary/secret`, `${udid}/Snapshot/../../../../../canary/secret`, `${udid}/./Status.plist`, `${udid}//Status.plist`,
    `${canary}/secret`, '/etc/passwd', '', '.', '..', '/', `${udid}/`, `${udid}/..`,
    'C:\\Windows\\win.ini', 'C:secret', `${udid}\\..\\..\\canary\\secret`, '\\\\server\\share\\secret', '//server/share/secret', '\\\\?\\C:\\secret',
    `${own}\0.txt`, `\0${own}`, `${own}.`, `${own} `, `${own}:stream`, `${own}::$DATA`, `${udid}/CON`, `${udid}/NUL.plist`,
    `${udid}/\u2025/secret`, `${udid}/\uff0e\uff0e/secret`, `${udid}\u2215..\u2215secret`, `${udid}/Manifest\u200b.db`, `${udid}/manifest.db`, `${udid}/%2e%2e/secret`,
    '0123456789abcdef0123456789abcdef01234567/Status.plist', `${udid}x/Status.plist`, `${udid}/${'deep/'.repeat(200)}secret`, `${udid}/${'a'.repeat(5000)}`,
    `${udid}/ab/${'0'.repeat(40)}`, `${udid}/backup.json`, `${udid}/../backup.json`, '.draft/draft.json', '~/secret', '$HOME/secret',
  ];
}

describe('a backup of a phone that names other places', function () {
  this.timeout(testLimit(150_000));
  let bench: EngineBench;
  let canary: string;

  before(async () => {
    bench = await EngineBench.open({ isQuick: isSweep });
    canary = bench.stage.path('canary');
    await mkdir(canary);
    await writeFile(`${canary}/secret`, 'secret');
    await symlink('secret', `${canary}/link`);
    await bench.succeed();
  });
  after(() => bench.close());

  /** All that is not the draft: the folder around the library, earlier entries, the library's own files. */
  const surroundings = (): Map<string, string> => {
    const device = `library/${bench.phone.udid}`;
    const changing = new Set(['library', device, `${device}/lock.json`, `${device}/lock.sqlite`, `${device}/device.json`, `${device}/.draft`]);
    return treePrint(bench.stage.folder, (path) => path !== '' && changing.has(path));
  };

  for (const [turn, message] of messages.entries()) {
    it(`in ${message}: a clear error, and nothing outside of the draft is touched`, async () => {
      const all = forms(canary, bench.phone.udid);
      // By default each form in one of the messages.
      const chosen = isSweep ? all : all.filter((_, index) => index % messages.length === turn);
      for (const path of swept(`hostile path in ${message}`, chosen)) {
        const before = surroundings();
        bench.phone.phone.setMoods({ hostile: { message, path } });
        const { error, entry } = await bench.attempt();
        assert.equal(entry, undefined, path);
        // A name that no frame may carry does not even become a path.
        const isFrame = message === 'UploadFiles' && (path === '' || path.length > maxNameLength);
        const label = `${JSON.stringify(path.slice(0, 200))}: ${error?.message}`;
        assert.deepEqual([error?.kind, error?.code], ['data', isFrame ? 'data.frame' : 'data.path'], label);
        assert.deepEqual(surroundings(), before, path);
      }
    });
  }

  it('and leaves a history that is whole, with a next run that succeeds', async () => {
    bench.phone.phone.setMoods({ hostile: undefined });
    await bench.expectUnharmed();
    await bench.succeed();
    await bench.expectVerified();
  });
});
