import { rowsOf, type DatabasePlan } from '../sqlite-file.ts';
import { cocoaSeconds, type World } from '../world.ts';

/** A measured quantity. Types are HealthKit's numbers: 5 heart rate (1/s), 7 steps, 8 distance (m). */
export interface Sample {
  readonly id: number;
  readonly type: 5 | 7 | 8;
  /** Unix seconds. */
  readonly start: number;
  readonly end: number;
  readonly quantity: number;
}

export function makeSamples(world: World, days: number, today: number): readonly Sample[] {
  return world.events<Sample>('samples', 1 - days, today, (day, samples) => {
    const random = world.random(`health of day ${day}`);
    for (let hour = 7; hour < 22; hour += 3) {
      const start = world.at(day - 1, hour * 3600 - random.integer(0, 1800));
      const steps = random.integer(40, 2600);
      const add = (type: Sample['type'], quantity: number): void => {
        samples.push({ id: samples.length + 1, type, start, end: start + 1200, quantity });
      };
      add(7, steps);
      add(8, Math.floor(steps * 0.7));
      add(5, random.integer(55, 150) / 60);
    }
  });
}

/** `Health/healthdb_secure.sqlite`: samples, their quantities and where they come from. */
export function healthSecureDatabase(world: World, samples: readonly Sample[]): DatabasePlan {
  const random = world.random('health objects');
  return {
    schema: `
CREATE TABLE objects (data_id INTEGER PRIMARY KEY AUTOINCREMENT, uuid BLOB UNIQUE NOT NULL, provenance INTEGER NOT NULL,
  type INTEGER, creation_date REAL);
CREATE TABLE samples (data_id INTEGER PRIMARY KEY, start_date REAL, end_date REAL, data_type INTEGER);
CREATE TABLE quantity_samples (data_id INTEGER PRIMARY KEY, quantity REAL, original_quantity REAL, original_unit INTEGER);
CREATE TABLE workouts (data_id INTEGER PRIMARY KEY, total_distance REAL, activity_type INTEGER, duration REAL, goal_type INTEGER,
  goal REAL);
CREATE TABLE activity_caches (data_id INTEGER PRIMARY KEY, cache_index INTEGER, sequence INTEGER, energy_burned REAL,
  brisk_minutes REAL);
CREATE TABLE data_provenances (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, sync_provenance INTEGER, origin_product_type TEXT,
  origin_build TEXT, source_id INTEGER, device_id INTEGER, tz_name TEXT);
CREATE INDEX samples_type_dates ON samples(data_type, start_date, end_date);`,
    userVersion: 21,
    tables: {
      data_provenances: {
        columns: 'ROWID, origin_product_type, origin_build, source_id, device_id, tz_name',
        rows: [[1, world.productType, world.ios, 1, 1, world.phrases.timeZone]],
      },
      objects: rowsOf('data_id, uuid, provenance, type, creation_date', samples, ({ id, end }) => {
        return [id, random.bytes(16), 1, 1, cocoaSeconds(end)];
      }),
      samples: rowsOf('data_id, start_date, end_date, data_type', samples, ({ id, start, end, type }) => {
        return [id, cocoaSeconds(start), cocoaSeconds(end), type];
      }),
      quantity_samples: rowsOf('data_id, quantity', samples, ({ id, quantity }) => [id, quantity]),
    },
  };
}

/** `Health/healthdb.sqlite`: sources and devices. */
export function healthDatabase(world: World): DatabasePlan {
  return {
    schema: `
CREATE TABLE sources (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, uuid BLOB UNIQUE, bundle_id TEXT, name TEXT, product_type TEXT);
CREATE TABLE source_devices (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, manufacturer TEXT, model TEXT, hardware TEXT);`,
    userVersion: 21,
    tables: {
      sources: {
        columns: 'ROWID, uuid, bundle_id, name, product_type',
        rows: [[1, world.random('health source').bytes(16), 'com.apple.health', 'iPhone', world.productType]],
      },
      source_devices: {
        columns: 'ROWID, name, manufacturer, model, hardware',
        rows: [[1, 'iPhone', 'Apple Inc.', 'iPhone', world.productType]],
      },
    },
  };
}
