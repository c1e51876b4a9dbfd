import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject } from '../support/paths.mjs';

/** Names and licences of the packages whose code is in the bundles, from esbuild's list of their inputs. */
export async function thirdPartyNotices(metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = [...new Set(inputs.map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean))];
  const notices = await Promise.all(folders.sort((a, b) => a.localeCompare(b)).map(noticeOf));
  return `This extension contains code of these packages.\n\n${notices.join('\n')}`;
}

async function noticeOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(inProject(folder, 'package.json'), 'utf8'));
  const file = (await readdir(inProject(folder))).find((entry) => /^(licen[cs]e|notice|copying)/i.test(entry));
  const text = file ? await readFile(join(inProject(folder), file), 'utf8') : '';
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text.trim()}\n`;
}
