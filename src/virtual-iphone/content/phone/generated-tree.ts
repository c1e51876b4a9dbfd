import { addContainers } from '../apps/containers.ts';
import { phoneApps } from '../apps/phone-apps.ts';
import { installedApps } from '../apps/selection.ts';
import type { PhoneApp } from '../../contract.ts';
import { Pictures } from '../media/pictures.ts';
import { tellMessages } from '../story/messages.ts';
import { makePeople } from '../story/people.ts';
import { takePhotos } from '../story/photos.ts';
import { PhoneTree } from '../tree.ts';
import type { World } from '../world.ts';
import { addCommunication } from './communication.ts';
import type { PhoneContext, Scale } from './context.ts';
import { addCameraRoll } from './camera-roll.ts';
import { addHealth } from './health.ts';
import { addMessages } from './messages.ts';
import { addOrganizer } from './organizer.ts';
import { addPeople } from './people.ts';
import { addRecordings } from './recordings.ts';
import { addSafari } from './safari.ts';
import { addSecrets } from './secrets.ts';
import { addSystem } from './system.ts';

const phoneAgeDays = 1100;

/** A phone on one of its days. */
export interface GeneratedPhone {
  readonly tree: PhoneTree;
  /** Made when first asked for. */
  apps(): readonly PhoneApp[];
}

/** Makes a phone of some scale as it is on any of its days. */
export function phoneMaker(world: World, scale: Scale): (today: number) => GeneratedPhone {
  const pictures = new Pictures(world);
  const people = makePeople(world, scale.people);
  return (today) => {
    const tree = new PhoneTree(world.at(-phoneAgeDays));
    const story = tellMessages(world, people, scale.messages, today);
    const assets = takePhotos(world, scale.photos, today);
    const apps = installedApps(world, scale.apps, today);
    fill({ world, tree, pictures, scale, today, people, story, assets, apps });
    let told: readonly PhoneApp[] | undefined;
    return { tree, apps: () => (told ??= phoneApps(world, apps, tree)) };
  };
}

function fill(context: PhoneContext): void {
  addPeople(context);
  addMessages(context);
  addCameraRoll(context);
  addCommunication(context);
  addOrganizer(context);
  addRecordings(context);
  addSafari(context);
  addHealth(context);
  addSecrets(context);
  addSystem(context);
  addContainers(context);
}

/** Nothing but what others add. */
export const emptyPhone = (world: World): GeneratedPhone => ({ tree: new PhoneTree(world.at(-phoneAgeDays)), apps: () => [] });
