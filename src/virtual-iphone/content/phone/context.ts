import type { AppScale, InstalledApp } from '../apps/selection.ts';
import type { Pictures } from '../media/pictures.ts';
import type { CallScale } from '../story/calls.ts';
import type { MessageScale, MessageStory } from '../story/messages.ts';
import type { Person } from '../story/people.ts';
import type { Asset, PhotoScale } from '../story/photos.ts';
import type { PhoneTree } from '../tree.ts';
import type { World } from '../world.ts';

/** How much of everything a phone has. */
export interface Scale {
  readonly people: number;
  readonly messages: MessageScale;
  readonly whatsApp: MessageScale;
  readonly calls: CallScale;
  readonly photos: PhotoScale;
  readonly apps: AppScale;
  readonly notes: number;
  readonly recordings: number;
  readonly events: number;
  readonly keychainItems: number;
  /** Days of history before day 0. */
  readonly historyDays: number;
  readonly healthDays: number;
  /** Files of system settings in HomeDomain, and at most so many other files of each system domain. */
  readonly preferences: number;
  readonly systemFiles: number;
}

/** What the parts of a phone are made from: its tree to fill, its people's story up to `today`. */
export interface PhoneContext {
  readonly world: World;
  readonly tree: PhoneTree;
  readonly pictures: Pictures;
  readonly scale: Scale;
  /** Days since the phone's day 0. */
  readonly today: number;
  readonly people: readonly Person[];
  readonly story: MessageStory;
  readonly assets: readonly Asset[];
  readonly apps: readonly InstalledApp[];
}
