import type { World } from '../world.ts';
import type { Scale } from './context.ts';

/** Some dozens of items over all kinds of domains, made in no time. */
export const tinyScale: Scale = {
  people: 12,
  messages: { app: 'Messages', directChats: 4, groupChats: 1, days: 9, conversationsPerDay: 1, attachmentBytes: [65_000, 110_000] },
  whatsApp: { app: 'WhatsApp', directChats: 2, groupChats: 0, days: 5, conversationsPerDay: 1, attachmentBytes: [65_000, 90_000] },
  calls: { days: 30, everyDays: 3 },
  photos: { assets: 6, years: 2, perDay: 1, photoBytes: [65_000, 120_000], videoBytes: [80_000, 160_000] },
  apps: {
    user: 1,
    system: ['com.apple.mobilenotes', 'com.apple.DocumentsApp', 'com.apple.mobilesafari', 'com.apple.VoiceMemos'],
    systemPlugins: 2,
    systemContainers: 1,
    systemGroups: 1,
  },
  notes: 5,
  recordings: 1,
  events: 6,
  keychainItems: 6,
  historyDays: 6,
  healthDays: 3,
  preferences: 3,
  systemFiles: 1,
};

/** A phone that is nice to look at; its domains, kinds and protection classes are those of a real backup. */
export const demoScale: Scale = {
  people: 90,
  messages: { app: 'Messages', directChats: 14, groupChats: 4, days: 700, conversationsPerDay: 1.5, attachmentBytes: [80_000, 900_000] },
  whatsApp: { app: 'WhatsApp', directChats: 9, groupChats: 0, days: 400, conversationsPerDay: 1, attachmentBytes: [70_000, 400_000] },
  calls: { days: 500, everyDays: 2 },
  photos: { assets: 240, years: 4, perDay: 4, photoBytes: [180_000, 1_600_000], videoBytes: [900_000, 9_000_000] },
  apps: { user: 22, system: 'all', systemPlugins: 333, systemContainers: 15, systemGroups: 24 },
  notes: 24,
  recordings: 9,
  events: 120,
  keychainItems: 180,
  historyDays: 60,
  healthDays: 60,
  preferences: 400,
  systemFiles: 40,
};

/** A phone of at most some 30 MB like the one above; of what it has much and of what little differs by its seed. */
export function smallScale(world: World): Scale {
  const random = world.random('small scale');
  const [photos, attachmentBytes, chats] = [random.spread(20, 64), [65_000, random.spread(70_000, 180_000)] as const, random.integer(2, 10)];
  return {
    ...demoScale,
    people: 40,
    messages: { ...demoScale.messages, directChats: chats, groupChats: 2, days: random.integer(30, 240), attachmentBytes },
    whatsApp: { ...demoScale.whatsApp, directChats: 5, days: random.integer(30, 160), attachmentBytes },
    photos: { assets: photos, years: 4, perDay: 3, photoBytes: [65_000, 380_000], videoBytes: [200_000, 1_800_000] },
    apps: { ...demoScale.apps, user: random.integer(8, 22) },
    preferences: 120,
  };
}
