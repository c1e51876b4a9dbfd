import { bytesBody } from '../body.ts';
import type { DatabasePlan } from '../sqlite-file.ts';
import type { ItemFacts } from '../tree.ts';
import type { World } from '../world.ts';
import type { PhoneContext } from './context.ts';

/** Adds a database file. Its plan is made only when there is none with this time of the last change yet. */
export function addDatabase(context: PhoneContext, domain: string, path: string, facts: ItemFacts, makePlan: () => DatabasePlan): void {
  const { world, tree } = context;
  const body = bytesBody(world.database(`${domain}-${path} ${facts.modified}`, makePlan));
  const growth = statGrowth(world, `${domain}-${path}`);
  tree.file(domain, path, body, { protectionClass: 3, statSize: Math.max(pageBytes, body.length + growth * pageBytes), ...facts });
}

const pageBytes = 4096;
const differing = 0.4;

/**
 * Pages by which stat's size differs from what is sent. About 1 % of the files of real backups differ, nearly all of
 * them databases: a consistent copy is sent, the size is that of the live file (iphone_backup_decrypt#1, iOSbackup#26).
 */
function statGrowth(world: World, name: string): number {
  const random = world.random(`stat of ${name}`);
  return random.chance(differing) ? random.pick([-3, -2, -1, 1, 2, 4]) : 0;
}
