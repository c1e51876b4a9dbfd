import { secondsPerDay, type World } from '../world.ts';
import type { Person } from './people.ts';

export interface Call {
  readonly id: number;
  readonly uuid: string;
  readonly person: Person;
  /** Unix seconds. */
  readonly at: number;
  /** Seconds; 0 when nobody answered. */
  readonly duration: number;
  readonly isOutgoing: boolean;
  readonly isAnswered: boolean;
  /** 1 telephony, 8 FaceTime video, 16 FaceTime audio. */
  readonly type: 1 | 8 | 16;
  readonly leftVoicemail: boolean;
}

export interface CallScale {
  readonly days: number;
  /** One call in so many days, on average. */
  readonly everyDays: number;
}

/** All calls up to now on day `today`, oldest first. */
export function tellCalls(world: World, people: readonly Person[], scale: CallScale, today: number): readonly Call[] {
  return world.events<Call>('calls', 1 - scale.days, today, (day, calls) => {
    const random = world.random(`calls of day ${day}`);
    if (!random.chance(1 / scale.everyDays)) return;
    const isAnswered = random.chance(0.8);
    const isOutgoing = random.chance(0.5);
    calls.push({
      id: calls.length + 1,
      uuid: random.uuid(),
      person: random.pick(people),
      at: world.at(day - 1, random.integer(0, secondsPerDay - 1)),
      duration: isAnswered ? random.spread(8, 5400) : 0,
      isOutgoing,
      isAnswered,
      type: random.pick([1, 1, 1, 1, 8, 16]),
      leftVoicemail: !isAnswered && !isOutgoing && random.chance(0.5),
    });
  });
}
