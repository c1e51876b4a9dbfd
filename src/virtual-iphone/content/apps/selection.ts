import { hashText, mix } from '../random.ts';
import type { World } from '../world.ts';
import { systemApps, userApps, type CatalogueApp } from './catalogue.ts';
import { genres, type GenreFacts } from './genres.ts';

/** How many apps a phone has; a tiny phone has only some of Apple's. */
export interface AppScale {
  readonly user: number;
  /** Bundle ids, or all of them. */
  readonly system: readonly string[] | 'all';
  readonly systemPlugins: number;
  readonly systemContainers: number;
  readonly systemGroups: number;
}

/** An app as it is on this phone today. */
export interface InstalledApp extends CatalogueApp {
  readonly type: 'User' | 'System';
  readonly version: string;
  /** Day of the last update, of the last use; 0 for before day 0. */
  readonly updatedOn: number;
  readonly usedOn: number;
  readonly bundleBytes: number;
  readonly cacheShare: number;
}

export function installedApps(world: World, scale: AppScale, today: number): InstalledApp[] {
  const system = systemApps.filter((app) => scale.system === 'all' || scale.system.includes(app.bundleId));
  return [
    ...userApps.slice(0, scale.user).map((app) => install(world, app, 'User', today)),
    ...system.map((app) => install(world, app, 'System', today)),
  ];
}

function install(world: World, app: CatalogueApp, type: InstalledApp['type'], today: number): InstalledApp {
  const random = world.random(`app ${app.bundleId}`);
  const facts: GenreFacts = genres[app.genre];
  const [major, minor] = [random.integer(1, 24), random.integer(0, 40)];
  const updates = type === 'User' ? eventDays(world, `update ${app.bundleId}`, today, 9) : [];
  const uses = eventDays(world, `use ${app.bundleId}`, today, type === 'User' ? 2 : 40);
  return {
    ...app,
    type,
    version: type === 'System' ? world.ios : `${major}.${minor + updates.length}.${random.integer(0, 9)}`,
    updatedOn: updates.at(-1) ?? 0,
    usedOn: Math.max(uses.at(-1) ?? 0, updates.at(-1) ?? 0),
    bundleBytes: random.spread(...facts.bundle),
    cacheShare: facts.cacheShare[0] + random.fraction() * (facts.cacheShare[1] - facts.cacheShare[0]),
  };
}

/** The days from 1 to `today` on which something happens that happens once in `oneIn` days. */
export function eventDays(world: World, label: string, today: number, oneIn: number): number[] {
  const key = mix(hashText(label), world.seed);
  const days: number[] = [];
  for (let day = 1; day <= today; day++) if (mix(key, day) % oneIn === 0) days.push(day);
  return days;
}
