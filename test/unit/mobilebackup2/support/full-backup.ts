import { PlistReal, type PlistDict } from '../../../../src/plist/index.ts';
import { statusPlist, udid, type ScriptedDevice, type SentFile } from './scripted-device.ts';

const at = (name: string): string => `${udid}/${name}`;
const content = (index: number): Buffer => Buffer.alloc(index * 1000, index);

export const smsId = '3d0d7e5fb2ce288813306e4d4636395e047a3d28';
export const ids = [smsId, ...[1, 2, 3].map((n) => `${n}${'0a'.repeat(20)}`.slice(0, 40))];

const snapshotFiles: readonly SentFile[] = ids.map((id, index) => ({
  path: `${udid}/Snapshot/${id.slice(0, 2)}/${id}`,
  units: [content(index)],
}));

/** The folder after `fullBackup`, path by path. */
export const expectedFiles: readonly (readonly [path: string, data: Buffer])[] = [
  ...ids.map((id, index) => [`${udid}/${id.slice(0, 2)}/${id}`, content(index)] as const),
  [`${udid}/Manifest.plist`, Buffer.from('manifest plist')],
  [`${udid}/Manifest.db`, Buffer.from('manifest db')],
  [`${udid}/Status.plist`, statusPlist('finished')],
];

/** What a phone says in a full backup, one step a list entry: order of public session logs, iOS 10 and later. */
export function fullBackupSteps(device: ScriptedDevice): (() => Promise<unknown>)[] {
  const mark = (state: string) => () => device.upload(
    [{ path: at('Status.plist'), devicePath: '/var/tmp/tmp.3.aB3dE9', units: [statusPlist(state)] }],
    100,
  );
  const put = (name: string, text: string) => () => device.upload([{ path: at(name), units: [Buffer.from(text)] }], 98);
  const move = (moves: PlistDict) => () => device.ask('DLMessageMoveItems', moves, {}, new PlistReal(100), 0);
  const create = (path: string) => () => device.ask('DLMessageCreateDirectory', path, {}, new PlistReal(0));
  const directories = [udid, ...ids.map((id) => at(id.slice(0, 2))), at('Snapshot'), ...ids.map((id) => at(`Snapshot/${id.slice(0, 2)}`))];
  return [
    () => device.download([at('Status.plist')]),
    () => device.ask('DLContentsOfDirectory', at('Snapshot'), {}),
    () => device.ask('DLContentsOfDirectory', udid, {}),
    () => device.ask('DLMessageGetFreeDiskSpace'),
    ...directories.map(create),
    mark('uploading'),
    () => device.upload(snapshotFiles.slice(0, 2), 13.061936, 6878833),
    () => device.upload(snapshotFiles.slice(2), 97, 2000),
    put('Snapshot/Manifest.plist', 'manifest plist'),
    put('Snapshot/Manifest.db', 'manifest db'),
    mark('moving'),
    move(Object.fromEntries(ids.map((id) => [at(`Snapshot/${id.slice(0, 2)}/${id}`), at(`${id.slice(0, 2)}/${id}`)]))),
    move({ [at('Snapshot/Manifest.plist')]: at('Manifest.plist') }),
    move({ [at('Snapshot/Manifest.db')]: at('Manifest.db') }),
    mark('removing'),
    () => device.ask('DLMessageRemoveItems', [at('Snapshot')], {}, new PlistReal(100), 0),
    mark('finished'),
    () => device.download([at('Status.plist')], 100),
    () => device.download([at('Manifest.plist')], 100),
    () => device.download([at('Manifest.db')], 100),
  ];
}

/** A whole full backup up to the verdict; resolves with the host's request. */
export async function fullBackup(device: ScriptedDevice): Promise<PlistDict> {
  const request = await device.request();
  for (const step of fullBackupSteps(device)) await step();
  await device.respond(0);
  return request;
}
