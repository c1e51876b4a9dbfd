import { Pictures } from '../media/pictures.ts';
import { tellMessages } from '../story/messages.ts';
import { makePeople } from '../story/people.ts';
import { PhoneTree } from '../tree.ts';
import type { World } from '../world.ts';
import type { Scale } from './context.ts';
import { addMessages } from './messages.ts';
import { addPeople } from './people.ts';
import { addSettings } from './preferences.ts';

const phoneAgeDays = 1100;

/** Makes the tree of a phone of some scale, as it is on any of its days. */
export function phoneMaker(world: World, scale: Scale): (today: number) => PhoneTree {
  const pictures = new Pictures(world);
  const people = makePeople(world, scale.people);
  return (today) => {
    const tree = new PhoneTree(world.at(-phoneAgeDays));
    const story = tellMessages(world, people, scale.messages, today);
    const context = { world, tree, pictures, scale, today, people, story };
    addPeople(context);
    addMessages(context);
    addSettings(context);
    return tree;
  };
}
