import type { Scale } from './context.ts';

/** A few dozen items, made in no time. */
export const tinyScale: Scale = {
  people: 9,
  messages: { directChats: 4, groupChats: 1, days: 9, conversationsPerDay: 1, attachmentBytes: [65_000, 110_000] },
  photos: { assets: 6, years: 2, perDay: 1, photoBytes: [65_000, 120_000], videoBytes: [80_000, 160_000] },
  apps: {
    user: 1,
    system: ['com.apple.mobilenotes', 'com.apple.DocumentsApp', 'com.apple.mobilesafari'],
    systemPlugins: 2,
    systemContainers: 1,
    systemGroups: 1,
  },
};

export const demoScale: Scale = {
  people: 90,
  messages: { directChats: 14, groupChats: 4, days: 500, conversationsPerDay: 1.6, attachmentBytes: [80_000, 900_000] },
  photos: { assets: 240, years: 4, perDay: 4, photoBytes: [180_000, 1_600_000], videoBytes: [900_000, 9_000_000] },
  apps: { user: 22, system: 'all', systemPlugins: 333, systemContainers: 15, systemGroups: 24 },
};
