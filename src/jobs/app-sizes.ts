import { open, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstalledApp } from '../device/index.ts';
import type { AppSizes } from '../estimate/index.ts';

/** What the phone told of its apps' data when it was last asked: the next estimate sees which have grown. */
const fileName = 'app-sizes.json';
const kept = 12;
const maxBytes = 16 << 20;
/** Two answers within so many ms count as one. */
const leastApart = 3_600_000;

const pathOf = (library: string, udid: string): string => join(library, udid, fileName);

/** Earlier answers of a device, oldest first; none when the file is missing, damaged or of another making. */
export async function readAppSizes(library: string, udid: string): Promise<AppSizes[]> {
  try {
    const text = await readFile(pathOf(library, udid), 'utf8');
    if (text.length > maxBytes) return [];
    const list = (JSON.parse(text) as { readonly asked?: unknown }).asked;
    return Array.isArray(list) ? list.flatMap((item) => parse(item) ?? []) : [];
  } catch {
    return [];
  }
}

function parse(item: unknown): AppSizes | undefined {
  if (typeof item !== 'object' || item === null || !('date' in item) || !('apps' in item)) return undefined;
  const date = new Date(String(item.date));
  if (Number.isNaN(date.getTime()) || typeof item.apps !== 'object' || item.apps === null) return undefined;
  const apps = Object.entries(item.apps).filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1]) && entry[1] >= 0);
  return { date, apps: new Map(apps) };
}

/** Adds an answer; the folder of the device must be there. A library that cannot be written to goes without. */
export async function noteAppSizes(library: string, udid: string, earlier: readonly AppSizes[], date: Date, apps: readonly InstalledApp[]): Promise<void> {
  const last = earlier.at(-1);
  const older = last && date.getTime() - last.date.getTime() < leastApart ? earlier.slice(0, -1) : earlier;
  const sizes = new Map(apps.flatMap(({ bundleId, dynamicUsage }) => (dynamicUsage === undefined ? [] : [[bundleId, dynamicUsage] as const])));
  const asked = [...older, { date, apps: sizes }].slice(-kept).map((each) => ({ date: each.date, apps: Object.fromEntries(each.apps) }));
  const path = pathOf(library, udid);
  try {
    await writeWhole(`${path}.new`, JSON.stringify({ format: 1, asked }));
    await rename(`${path}.new`, path);
  } catch {
    await unlink(`${path}.new`).catch(() => undefined);
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
