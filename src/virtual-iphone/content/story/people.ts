import type { Random } from '../random.ts';
import type { World } from '../world.ts';

export interface Person {
  /** From 1 on; the row of the address book. */
  readonly id: number;
  readonly first: string;
  readonly last: string;
  readonly organization: string | undefined;
  readonly phone: string;
  readonly email: string | undefined;
  readonly note: string | undefined;
  /** Unix seconds. */
  readonly birthday: number | undefined;
  readonly guid: string;
}

/** In every address book, whatever its language: scripts, directions, emoji and marks that programs stumble over. */
const worldwide: readonly (readonly [first: string, last: string])[] = [
  ['小龙', '陈'],
  ['محمد', 'العلي'],
  ['Ольга', 'Иванова'],
  ['נועה', 'כהן'],
  ['さくら', '田中'],
  ['민준', '김'],
  ['Zoe\u0308', "O'Brien"],
  ['🦊 Foxy', ''],
  ['आरव', 'शर्मा'],
  ['สมชาย', ''],
  ['Ngọc Ánh', 'Nguyễn'],
  ['Mom ❤️', ''],
];

/** The address book's people; the first ones are those the owner writes to. */
export function makePeople(world: World, count: number): Person[] {
  const random = world.random('people');
  return Array.from({ length: count }, (_, index) => makePerson(world, random, index + 1));
}

function makePerson(world: World, random: Random, id: number): Person {
  const { firstNames, lastNames, dialPrefix, places, mailHost } = world.phrases;
  const fixed = id % 3 === 0 ? worldwide[id / 3 - 1] : undefined;
  const [first, last] = fixed ?? [random.pick(firstNames), random.pick(lastNames)];
  return {
    id,
    first,
    last,
    organization: random.chance(0.15) ? `${random.pick(lastNames)} & Co.` : undefined,
    // Numbers are unique: handles are joined by them.
    phone: `${dialPrefix}${String((id * 37 + (world.seed % 37)) % 10_000).padStart(4, '0')}`,
    email: random.chance(0.6) ? `person${id}.${random.integer(10, 99)}@${mailHost}` : undefined,
    note: random.chance(0.1) ? random.pick(places) : undefined,
    birthday: random.chance(0.5) ? random.integer(0, 12_000) * 86_400 : undefined,
    guid: `${random.uuid()}:ABPerson`,
  };
}

export const displayName = (person: Person): string => [person.first, person.last].filter((part) => part !== '').join(' ');
