/** What an app mostly does decides how its space is used. */
export interface GenreFacts {
  /** Bytes of the app itself: low and high. */
  readonly bundle: readonly [number, number];
  /** Share of caches (`Library/Caches`, `tmp`; not in a backup) in its data. */
  readonly cacheShare: readonly [number, number];
  readonly documents: readonly [number, number];
  readonly documentBytes: readonly [number, number];
}

const MB = 1_000_000;

/*
 * Settings counts caches as "Documents & Data" (saoudrizwan/Disk#99: 555.9 of 613.8 MB of one app were Library/Caches;
 * spotify/ios-streaming-sdk#787: 154 of 176 MB). Such apps are the upper end; what a messenger receives it keeps.
 */
export const genres = {
  messenger: { bundle: [90 * MB, 260 * MB], cacheShare: [0.03, 0.25], documents: [3, 8], documentBytes: [2_000, 60_000] },
  social: { bundle: [180 * MB, 420 * MB], cacheShare: [0.55, 0.92], documents: [1, 4], documentBytes: [1_000, 30_000] },
  streaming: { bundle: [80 * MB, 240 * MB], cacheShare: [0.6, 0.9], documents: [2, 5], documentBytes: [4_000, 120_000] },
  game: { bundle: [150 * MB, 2600 * MB], cacheShare: [0.1, 0.45], documents: [2, 6], documentBytes: [8_000, 260_000] },
  tool: { bundle: [15 * MB, 140 * MB], cacheShare: [0.05, 0.4], documents: [2, 9], documentBytes: [1_000, 90_000] },
  office: { bundle: [120 * MB, 380 * MB], cacheShare: [0.08, 0.35], documents: [6, 14], documentBytes: [6_000, 220_000] },
  system: { bundle: [1 * MB, 40 * MB], cacheShare: [0.1, 0.6], documents: [0, 1], documentBytes: [300, 4_000] },
} as const satisfies Readonly<Record<string, GenreFacts>>;

export type Genre = keyof typeof genres;
