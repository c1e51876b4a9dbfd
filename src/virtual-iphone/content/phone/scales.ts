import type { Scale } from './context.ts';

/** A few dozen items, made in no time. */
export const tinyScale: Scale = {
  people: 9,
  messages: { directChats: 4, groupChats: 1, days: 9, conversationsPerDay: 1, attachmentBytes: [70_000, 130_000] },
};

export const demoScale: Scale = {
  people: 90,
  messages: { directChats: 14, groupChats: 4, days: 500, conversationsPerDay: 1.6, attachmentBytes: [80_000, 900_000] },
};
