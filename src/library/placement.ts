import { randomBytes } from 'node:crypto';
import { dirname, join, relative, sep } from 'node:path';
import type { DirectoryEntry, FileSystem } from './file-system.ts';
import { isUdid, libraryFile } from './layout.ts';
import type { Finding } from './types.ts';

/** Folders that a program copies elsewhere on its own, by parts of their path. */
const clouds: readonly { readonly provider: string; readonly pattern: RegExp }[] = [
  { provider: 'iCloud Drive', pattern: /[\\/](?:Library[\\/]Mobile Documents|iCloud ?Drive)(?:[\\/]|$)/i },
  { provider: 'OneDrive', pattern: /[\\/]OneDrive(?: ?- ?[^\\/]+)?(?:[\\/]|$)/i },
  { provider: 'Dropbox', pattern: /[\\/](?:Dropbox(?: ?\([^\\/]+\))?|CloudStorage[\\/]Dropbox[^\\/]*)(?:[\\/]|$)/i },
  { provider: 'Google Drive', pattern: /[\\/]Google ?Drive(?:-[^\\/]+)?(?:[\\/]|$)/i },
  { provider: 'Box', pattern: /[\\/]Library[\\/]CloudStorage[\\/]Box-[^\\/]+/i },
];

/** Bytes. */
const scarce = 5e9;
const maxIgnoreList = 1 << 20;

/** Name of the service that synchronises this path, as far as the path tells. */
export const cloudOf = (path: string): string | undefined => clouds.find(({ pattern }) => pattern.test(path))?.provider;

/**
 * Whether a folder is a good place for a library. Findings: `library.missing`, `library.no-full-disk-access`,
 * `library.unreadable`, `library.in-cloud-folder`, `library.in-git-folder`, `library.in-workspace`, `library.read-only`,
 * `library.not-alone`, `library.no-hard-links`, `library.low-space`. Writes and removes one probe file, if it may: without it
 * nothing is said of rights and links.
 */
export async function checkPlacement(fs: FileSystem, folder: string, platform: NodeJS.Platform = process.platform, mayWrite = true): Promise<Finding[]> {
  let path: string;
  let content: readonly DirectoryEntry[];
  try {
    path = await fs.realPath(folder);
    content = await fs.readDirectory(path);
  } catch (error) {
    return [unreachable(folder, platform, (error as NodeJS.ErrnoException).code ?? 'unknown')];
  }
  const findings = await checkSurroundings(fs, path);
  return [...findings, ...(await checkNeighbours(fs, path, content)), ...(mayWrite ? await probe(fs, path) : []), ...(await checkSpace(fs, path))];
}

/** What systems put on every disk; hidden files have a dot. */
const ofSystems = /^(?:\.|System Volume Information$|\$RECYCLE\.BIN$|lost\+found$|Thumbs\.db$|desktop\.ini$|Icon\r$)/i;

/** Files of Apple's programs in a folder that is called like one of ours: by the UDID. */
const ofApple = ['Manifest.db', 'Manifest.mbdb', 'Info.plist'];

/** Names the first thing that another program has put there. */
async function checkNeighbours(fs: FileSystem, path: string, content: readonly DirectoryEntry[]): Promise<Finding[]> {
  for (const { name } of content) {
    if (name === libraryFile.library || ofSystems.test(name)) continue;
    if (isUdid(name) && !(await holdsAny(fs, join(path, name), ofApple))) continue;
    return [{ code: 'library.not-alone', severity: 'warning', facts: { folder: path, name } }];
  }
  return [];
}

async function holdsAny(fs: FileSystem, folder: string, names: readonly string[]): Promise<boolean> {
  for (const name of names) if (await fs.stat(join(folder, name)).catch(() => undefined)) return true;
  return false;
}

function unreachable(folder: string, platform: NodeJS.Platform, error: string): Finding {
  if (error === 'ENOENT') return { code: 'library.missing', severity: 'blocker', facts: { folder } };
  const code = platform === 'darwin' && error === 'EPERM' ? 'library.no-full-disk-access' : 'library.unreadable';
  return { code, severity: 'blocker', facts: { folder, error } };
}

async function checkSurroundings(fs: FileSystem, path: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const provider = cloudOf(path);
  if (provider !== undefined) findings.push({ code: 'library.in-cloud-folder', severity: 'warning', facts: { folder: path, provider } });
  const repository = await ancestorWith(fs, path, '.git');
  if (repository !== undefined && !(await isIgnored(fs, repository, path))) findings.push({ code: 'library.in-git-folder', severity: 'warning', facts: { folder: path, repository } });
  const workspace = await ancestorWith(fs, path, '.vscode');
  if (workspace !== undefined && !(await isIgnored(fs, workspace, path))) findings.push({ code: 'library.in-workspace', severity: 'warning', facts: { folder: path, workspace } });
  return findings;
}

/** Whether a repository, and so the tools that work on it, leaves the whole folder alone: by a plain name in its own list. */
async function isIgnored(fs: FileSystem, repository: string, path: string): Promise<boolean> {
  const [top = ''] = relative(repository, path).split(sep);
  const list = await fs.readFile(join(repository, '.gitignore'), maxIgnoreList).catch(() => Buffer.alloc(0));
  return top !== '' && list.toString('utf8').split(/\r?\n/).some((line) => line.replaceAll(/^\/|\/$/g, '') === top);
}

/** Phones hold more than this; what an incremental run needs is known only to them. */
async function checkSpace(fs: FileSystem, path: string): Promise<Finding[]> {
  const free = Number(await fs.freeSpace(path).catch(() => undefined) ?? Infinity);
  return free < scarce ? [{ code: 'library.low-space', severity: 'warning', facts: { free } }] : [];
}

/** A home folder has a `.vscode` of its own, for extensions: only those with settings make a workspace. */
async function ancestorWith(fs: FileSystem, path: string, name: '.git' | '.vscode'): Promise<string | undefined> {
  const marks = name === '.vscode' ? ['settings.json', 'tasks.json', 'launch.json', 'extensions.json'] : [''];
  for (let folder = path; ; folder = dirname(folder)) {
    for (const mark of marks) if (await fs.stat(join(folder, name, mark)).catch(() => undefined)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

async function probe(fs: FileSystem, path: string): Promise<Finding[]> {
  const file = join(path, `.probe-${randomBytes(4).toString('hex')}`);
  try {
    await fs.writeFileAtomically(file, Buffer.alloc(0));
    const hasLinks = await fs.link(file, `${file}-link`).then(
      () => true,
      () => false,
    );
    return hasLinks ? [] : [{ code: 'library.no-hard-links', severity: 'warning', facts: { folder: path } }];
  } catch (error) {
    return [{ code: 'library.read-only', severity: 'blocker', facts: { folder: path, error: (error as NodeJS.ErrnoException).code ?? 'unknown' } }];
  } finally {
    await fs.remove(`${file}-link`).catch(() => {});
    await fs.remove(file).catch(() => {});
  }
}
