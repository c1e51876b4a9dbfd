import type { Random } from '../random.ts';
import { secondsPerDay, type World } from '../world.ts';

export type AssetKind = 'heic' | 'jpeg' | 'screenshot' | 'video';

/** One photo or video of the library. */
export interface Asset {
  /** From 1 on, in the order of taking; also the number in its file name. */
  readonly id: number;
  readonly uuid: string;
  readonly kind: AssetKind;
  /** Unix seconds. */
  readonly takenAt: number;
  /** Bytes of the original. */
  readonly bytes: number;
  /** Bytes of a Live Photo's film, if it is one. */
  readonly liveBytes: number | undefined;
  readonly motif: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly isFavorite: boolean;
  readonly isHidden: boolean;
  /** Index of the user's album. */
  readonly album: number | undefined;
  /** Unix seconds. */
  readonly editedAt: number | undefined;
  readonly trashedAt: number | undefined;
  /** The original is in iCloud only; the library knows it, the phone has no file. */
  readonly isCloudOnly: boolean;
}

export interface PhotoScale {
  /** Assets taken before the phone's day 0. */
  readonly assets: number;
  readonly years: number;
  readonly perDay: number;
  readonly photoBytes: readonly [number, number];
  readonly videoBytes: readonly [number, number];
}

/**
 * "Optimise storage" is on for some phones; then the older part of the library has no originals here. There are no
 * public figures on how many and how much: the ranges are a choice.
 */
const optimisedPhones = 0.35;
const optimisedShare = [0.2, 0.7] as const;

/** The library on day `today`, oldest first; what was deleted for good is gone. */
export function takePhotos(world: World, scale: PhotoScale, today: number): Asset[] {
  const random = world.random('photos');
  const cloudShare = random.chance(optimisedPhones) ? optimisedShare[0] + random.fraction() * (optimisedShare[1] - optimisedShare[0]) : 0;
  const assets: Asset[] = [];
  const span = scale.years * 365 * secondsPerDay;
  for (let n = 0; n < scale.assets; n++) {
    const takenAt = world.start - span + Math.floor((span / scale.assets) * (n + random.fraction() * 0.9));
    assets.push(takeAsset(random, scale, n + 1, takenAt, n < scale.assets * cloudShare));
  }
  for (let day = 1; day <= today; day++) liveDay(world, scale, day, assets);
  return assets;
}

/** A day adds photos, edits one, throws one away, and empties the bin of another. */
function liveDay(world: World, scale: PhotoScale, day: number, assets: Asset[]): void {
  const random = world.random(`photos of day ${day}`);
  const at = (second: number): number => world.at(day - 1, second);
  const count = random.integer(1, scale.perDay * 2 - 1);
  for (let n = 0; n < count; n++) {
    const second = Math.floor((80_000 / count) * (n + random.fraction() * 0.9));
    assets.push(takeAsset(random, scale, (assets.at(-1)?.id ?? 0) + 1, at(second), false));
  }
  if (random.chance(0.5)) change(random, assets, (asset) => ({ ...asset, editedAt: at(81_000) }));
  if (random.chance(0.3)) change(random, assets, (asset) => ({ ...asset, trashedAt: at(82_000) }));
  if (random.chance(0.25)) assets.splice(random.integer(0, assets.length - 1), 1);
}

/** Applies a change to one photo that is here, not edited and not in the bin. */
function change(random: Random, assets: Asset[], toChanged: (asset: Asset) => Asset): void {
  const at = random.integer(0, assets.length - 1);
  const asset = assets[at];
  const isFit = asset?.kind === 'heic' && !asset.isCloudOnly && asset.editedAt === undefined && asset.trashedAt === undefined;
  if (isFit) assets[at] = toChanged(asset);
}

const kinds: readonly AssetKind[] = ['heic', 'heic', 'heic', 'heic', 'heic', 'heic', 'jpeg', 'jpeg', 'screenshot', 'video'];

/** On every phone, and never in iCloud only: one of each. */
const firstKinds: readonly AssetKind[] = ['heic', 'jpeg', 'screenshot', 'video'];

function takeAsset(random: Random, scale: PhotoScale, id: number, takenAt: number, isCloudOnly: boolean): Asset {
  const kind = firstKinds[id - 1];
  const chosen = kind ?? random.pick(kinds);
  const isLive = chosen === 'heic' && random.chance(0.25);
  return {
    id,
    uuid: random.uuid(),
    kind: chosen,
    takenAt,
    bytes: random.spread(...(chosen === 'video' ? scale.videoBytes : scale.photoBytes)),
    liveBytes: isLive ? random.spread(...scale.photoBytes) : undefined,
    motif: random.integer(0, 255),
    latitude: 37 + random.integer(0, 15_000) / 1000,
    longitude: random.integer(-120_000, 120_000) / 1000,
    isFavorite: random.chance(0.08),
    isHidden: random.chance(0.02),
    album: random.chance(0.3) ? random.integer(0, 3) : undefined,
    editedAt: chosen === 'heic' && random.chance(0.07) ? takenAt + random.integer(600, 90_000) : undefined,
    trashedAt: undefined,
    isCloudOnly: isCloudOnly && kind === undefined && chosen !== 'screenshot',
  };
}

const extensions: Readonly<Record<AssetKind, string>> = { heic: 'HEIC', jpeg: 'JPG', screenshot: 'PNG', video: 'MOV' };

/** `100APPLE`; a folder holds 999 numbers. */
export const assetFolder = (asset: Asset): string => `${100 + Math.floor((asset.id - 1) / 999)}APPLE`;

/** `IMG_0042`, without extension. */
export const assetStem = (asset: Asset): string => `IMG_${String(((asset.id - 1) % 9999) + 1).padStart(4, '0')}`;

export const assetName = (asset: Asset): string => `${assetStem(asset)}.${extensions[asset.kind]}`;
