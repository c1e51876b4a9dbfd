import { join } from 'node:path';
import type { LibraryPort, NamedFiles, OddValue } from '../diagnosis/checks/ports.ts';
import { appleFile, namedFiles } from '../format/names.ts';
import { Library, type FileSystem } from '../library/index.ts';
import { asDict, readPlist } from '../plist/index.ts';
import { HostError } from '../shared/errors.ts';
import { testPassword } from './library-jobs.ts';
import { once } from './once.ts';

interface Where {
  readonly folder: string;
  readonly fs: FileSystem;
  /** Whose backups; everybody's where it is not known. */
  readonly udid: string | undefined;
  readonly signal: AbortSignal;
}

/** The library for the checks. One that is not there is not made. */
export function libraryPort({ folder, fs, udid, signal }: Where): LibraryPort {
  const open = once(async () => {
    if (!(await fs.stat(folder))) throw new HostError('host.missing', 'There is no library yet', { subject: folder });
    return await Library.open(folder, fs);
  });
  const isThere = once(async () => (await fs.stat(folder)) !== undefined);
  const ifThere = <T>(none: T, read: (library: Library) => Promise<T>): (() => Promise<T>) =>
    once(async () => ((await isThere()) ? await read(await open()) : none));
  return {
    isReadOnly: ifThere(false, async (library) => library.isReadOnly),
    entries: ifThere([], (library) => library.entries(udid)),
    drafts: ifThere([], async (library) => (await library.drafts()).filter((draft) => udid === undefined || draft.udid === udid)),
    namedFiles: (appleFolder) => sizesOf(appleFolder, fs),
    oddValue: (appleFolder) => oddValueIn(appleFolder, fs),
    opens: async (password) => (udid === undefined ? undefined : await testPassword(await open(), udid, password, signal)),
    lastRun: ifThere(undefined, async (library) => (udid === undefined ? undefined : await library.lastRun(udid))),
  };
}

async function sizesOf(folder: string, fs: FileSystem): Promise<NamedFiles> {
  const sizes = await Promise.all(namedFiles.map(async (name) => [name, (await fs.stat(join(folder, name)))?.size] as const));
  return Object.fromEntries(sizes.flatMap(([name, size]) => (size === undefined ? [] : [[name, size]])));
}

/** What devices read as texts, by property list and dictionary in it. */
const texts: readonly { readonly file: string; readonly within?: string; readonly keys: readonly string[] }[] = [
  { file: appleFile.manifest, within: 'Lockdown', keys: ['BuildVersion', 'DeviceName', 'ProductType', 'ProductVersion', 'SerialNumber', 'UniqueDeviceID'] },
  { file: appleFile.info, keys: ['Build Version', 'Device Name', 'Product Type', 'Product Version', 'Serial Number', 'Target Identifier'] },
];

const maxPlist = 32 << 20;

/** A property list that cannot be read at all is the business of others. */
async function oddValueIn(folder: string, fs: FileSystem): Promise<OddValue | undefined> {
  for (const { file, within, keys } of texts) {
    const whole = await fs.readFile(join(folder, file), maxPlist).then((bytes) => asDict(readPlist(bytes))).catch(() => undefined);
    const dict = within === undefined ? whole : asDict(whole?.[within]);
    const key = keys.find((name) => dict?.[name] !== undefined && typeof dict[name] !== 'string');
    if (key !== undefined) return { file, key };
  }
  return undefined;
}
