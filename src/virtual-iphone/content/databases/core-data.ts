import { writeBinaryPlist } from '../../../plist/index.ts';
import type { TableRows } from '../sqlite-file.ts';
import type { World } from '../world.ts';

/** Tables that every Core Data store has. */
export const coreDataSchema = `
CREATE TABLE Z_PRIMARYKEY (Z_ENT INTEGER PRIMARY KEY, Z_NAME VARCHAR, Z_SUPER INTEGER, Z_MAX INTEGER);
CREATE TABLE Z_METADATA (Z_VERSION INTEGER PRIMARY KEY, Z_UUID VARCHAR(255), Z_PLIST BLOB);
CREATE TABLE Z_MODELCACHE (Z_CONTENT BLOB);`;

/** An entity of a Core Data model: its number, name, parent's number (0 for none) and highest primary key. */
export type Entity = readonly [number: number, name: string, parent: number, highest: number];

export function coreDataTables(world: World, store: string, entities: readonly Entity[]): Record<string, TableRows> {
  const facts = { NSStoreType: 'SQLite', NSPersistenceFrameworkVersion: 1300, NSStoreModelVersionIdentifiers: [store] };
  return {
    Z_PRIMARYKEY: { columns: 'Z_ENT, Z_NAME, Z_SUPER, Z_MAX', rows: entities },
    Z_METADATA: { columns: 'Z_VERSION, Z_UUID, Z_PLIST', rows: [[1, world.random(`store ${store}`).uuid(), writeBinaryPlist(facts)]] },
  };
}
