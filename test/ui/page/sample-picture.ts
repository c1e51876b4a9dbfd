import type { EstimatePicture, PictureRow } from '../../../src/shared/estimate-panel.ts';
import type { SizeRange } from '../../../src/shared/estimate.ts';

const GB = 1e9;
const exact = (bytes: number): SizeRange => ({ low: bytes, likely: bytes, high: bytes });
const about = (bytes: number, share = 0.12): SizeRange => ({ low: bytes * (1 - share), likely: bytes, high: bytes * (1 + share) });
const sum = (rows: readonly PictureRow[]): SizeRange =>
  rows.reduce((all, { size }) => ({ low: all.low + size.low, likely: all.likely + size.likely, high: all.high + size.high }), exact(0));

const plain = { parent: undefined, files: undefined, before: undefined, encryption: 'any', canChoose: true } as const;

/** Numbers that are the same in each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function apps(count: number): PictureRow[] {
  const next = numbers(7);
  const names = ['Atlas', 'Notebook', 'Paint', 'Radio', 'Trail', 'Kitchen', 'Ledger', 'Chess', 'Piano', 'Scanner'];
  return Array.from({ length: count }, (_, index): PictureRow => {
    const size = about((6 * GB * next() ** 3) / (1 + index / 12));
    const name = `${names[index % names.length]}${index < names.length ? '' : ` ${index}`}`;
    return { ...plain, id: `app:com.example.${index}`, parent: 'category:apps', kind: 'app', name, size, before: size.likely * (0.7 + 0.4 * next()), source: 'apps' };
  });
}

function years(): PictureRow[] {
  return [3.1, 5.2, 4.4, 2.6, 1.9, 0.8].map((size, index): PictureRow => {
    const year = 2025 - index;
    const files = Math.round(size * 410);
    return { ...plain, id: `year:${year}`, parent: 'category:photos', kind: 'year', name: String(year), size: about(size * GB, 0.03), files, before: index === 0 ? 1.2 * GB : size * GB, source: 'camera-roll' };
  });
}

const small: readonly [id: string, name: string, size: number, encryption: PictureRow['encryption']][] = [
  ['messages', 'Messages', 0.9, 'any'],
  ['message-attachments', 'Message Attachments', 3.4, 'any'],
  ['whatsapp', 'WhatsApp', 2.2, 'any'],
  ['settings', 'Settings', 0.35, 'any'],
  ['voice-memos', 'Voice Memos', 0.6, 'any'],
  ['health', 'Health, Medical ID and Activity', 0.2, 'encrypted-only'],
  ['keychain', 'Keychain', 0.002, 'encrypted-only'],
  ['call-history', 'Call History', 0.004, 'mostly-encrypted'],
  ['notes', 'Notes', 0.08, 'any'],
];

/** A picture of a phone with `appCount` apps, as the host sends it. */
export function samplePicture(appCount: number, parts: Partial<EstimatePicture> = {}): EstimatePicture {
  const leaves = [...apps(appCount), ...years()];
  const branch = (id: string, name: string): PictureRow => {
    const children = leaves.filter(({ parent }) => parent === id);
    return { ...plain, id, kind: 'category', name, size: sum(children), files: id === 'category:photos' ? 7380 : undefined, before: sum(children).likely * 0.9, source: children[0]?.source ?? 'apps' };
  };
  const others = small.map(([id, name, size, encryption]): PictureRow => ({ ...plain, id: `category:${id}`, kind: 'category', name, size: exact(size * GB), before: size * GB * 0.95, files: Math.round(size * 900), source: 'last-backup', encryption }));
  const rest: PictureRow = { ...plain, id: 'other:unlisted', kind: 'other', name: 'Everything else', size: about(0.5 * GB, 0.5), source: 'disk-usage', canChoose: false };
  const tops = [branch('category:photos', 'Photos and Videos'), branch('category:apps', 'Apps'), ...others, rest];
  const total = sum(tops);
  return {
    device: 'Anna’s iPhone',
    identity: 'iPhone 15 Pro · iOS 18.5 · USB',
    isEncrypted: false,
    at: Date.UTC(2026, 10, 22, 12),
    isRunning: false,
    sources: [
      { id: 'last-backup', state: 'done', name: 'Last backup', note: 'Exact for Nov 20: what has changed since then is not in it.' },
      { id: 'apps', state: 'done', name: 'Sizes of apps', note: 'From the phone; includes caches that a backup leaves out.' },
      { id: 'disk-usage', state: 'failed', name: 'Disk usage', note: 'The device did not tell.' },
      { id: 'camera-roll', state: 'running', name: 'Camera roll', note: 'Every photo and video on the phone, counted one by one.' },
      { id: 'demand', state: 'skipped', name: 'What the phone demands', note: 'Only by “Ask the Phone…”.' },
    ],
    rows: [...tops, ...leaves],
    total,
    transfer: about(3.6 * GB),
    time: '4 to 6 min',
    last: { ago: '3 days ago', date: 'Nov 20, 2026', size: 30.1 * GB },
    needsPassword: false,
    disk: { folder: '/home/anna/iPhone Backups', free: 412 * GB, capacity: 1000 * GB },
    clouds: [5, 50, 200, 2000].map((size) => ({ bytes: size * GB, fits: total.high <= size * GB ? 'yes' : total.low > size * GB ? 'no' : 'maybe' })),
    uncheck: [
      { rowId: 'category:photos', saves: 18 * GB },
      { rowId: 'app:com.example.0', saves: 2.1 * GB },
    ],
    uncheckPath: 'On the phone: Settings › your name › iCloud › Storage › Backups › this device.',
    demand: undefined,
    remarks: [{ severity: 'info', text: 'iCloud Photos may be on: photos that are only in iCloud are not part of a backup.' }],
    ...parts,
  };
}
