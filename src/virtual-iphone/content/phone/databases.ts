import { bytesBody } from '../body.ts';
import type { DatabasePlan } from '../sqlite-file.ts';
import type { ItemFacts } from '../tree.ts';
import type { PhoneContext } from './context.ts';

/** Adds a database file that was last written at `modified` (Unix seconds). */
export function addDatabase(context: PhoneContext, domain: string, path: string, plan: DatabasePlan, facts: ItemFacts): void {
  context.tree.file(domain, path, bytesBody(context.world.database(plan)), { protectionClass: 3, ...facts });
}
