import type { InstalledApp } from '../device/index.ts';
import type { SizeRange } from '../shared/estimate.ts';
import { range } from './size-range.ts';

/*
 * A phone tells an app's "documents and data" as one figure; caches are in it and not in a backup. How much that is differs
 * from nearly all (555.9 of 613.8 MB: saoudrizwan/Disk#99; 154 of 176 MB: spotify/ios-streaming-sdk#787) to nearly nothing
 * (6 GB of cached films in a backup: nextcloud/ios#411). Without anything better the middle is the likely value.
 */
interface Share {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

const unknown: Share = { low: 0.06, likely: 0.5, high: 1 };
/** Apps that show what lies elsewhere keep it in their caches. */
const streaming: Share = { low: 0.05, likely: 0.25, high: 1 };
/** What people make on the phone is kept. */
const making: Share = { low: 0.2, likely: 0.65, high: 1 };
/** Apple's own apps have their data elsewhere (Messages, Photos, Notes, Health): in their containers are settings and caches. */
const apple: Share = { low: 0.01, likely: 0.2, high: 1 };
/** Messengers keep what they receive, as there is no other copy. */
const messenger: Share = { low: 0.4, likely: 0.85, high: 1 };

/** By the App Store's category, as the store's file of the app names it. */
const byGenre: ReadonlyMap<string, Share> = new Map([
  ...['Entertainment', 'Music', 'News', 'Photo & Video', 'Shopping', 'Social Networking', 'Sports', 'Travel'].map((genre) => [genre, streaming] as const),
  ...['Business', 'Education', 'Finance', 'Games', 'Graphics & Design', 'Health & Fitness', 'Medical', 'Productivity', 'Utilities'].map((genre) => [genre, making] as const),
]);

const messengers: ReadonlySet<string> = new Set([
  'net.whatsapp.WhatsApp', 'net.whatsapp.WhatsAppSMB', 'org.whispersystems.signal', 'com.viber', 'jp.naver.line', 'com.tencent.xin', 'ch.threema.iapp',
]);

/** What a backup will hold of an app with so many bytes of documents and data. */
export function appDataRange({ bundleId, genre }: Pick<InstalledApp, 'bundleId' | 'genre'>, dynamicUsage: number): SizeRange {
  const share = messengers.has(bundleId) ? messenger : (byGenre.get(genre ?? '') ?? (bundleId.startsWith('com.apple.') ? apple : unknown));
  return range(dynamicUsage * share.low, dynamicUsage * share.likely, dynamicUsage * share.high);
}

export interface UsableApps {
  /** Bytes of documents and data by bundle id; only apps with a figure that can be true. */
  readonly data: ReadonlyMap<string, number>;
  /** Bytes of the apps themselves, as far as they lie among the data: Apple's own are on the system's volume. */
  readonly bundles: number;
  /** Apps whose figure no device can have. */
  readonly absurd: number;
}

/** Sorts out what cannot be: an app cannot have more data than the phone. */
export function usableApps(apps: readonly InstalledApp[], used: number | undefined): UsableApps {
  const most = used ?? Infinity;
  const data = new Map<string, number>();
  let [bundles, absurd] = [0, 0];
  for (const { bundleId, type, staticUsage = 0, dynamicUsage } of apps) {
    if (type !== 'System' && staticUsage <= most) bundles += staticUsage;
    if (dynamicUsage === undefined) continue;
    if (dynamicUsage <= most) data.set(bundleId, dynamicUsage);
    else absurd++;
  }
  return { data, bundles: Math.min(bundles, most), absurd };
}
