import type { InstalledApp } from '../apps/selection.ts';
import { rowsOf, type DatabasePlan } from '../sqlite-file.ts';
import { cocoaSeconds, type World } from '../world.ts';
import { coreDataSchema, coreDataTables } from './core-data.ts';

/** `Library/Accounts/Accounts3.sqlite`. */
export function accountsDatabase(world: World): DatabasePlan {
  const random = world.random('accounts');
  const accounts = [
    ['owner@example.com', 'iCloud', 1],
    ['owner.work@example.org', 'Exchange', 2],
    ['owner@example.com', 'App Store', 3],
  ] as const;
  const types = ['com.apple.account.AppleAccount', 'com.apple.account.Exchange', 'com.apple.account.iTunesStore'];
  return {
    schema: `${coreDataSchema}
CREATE TABLE ZACCOUNT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZACTIVE INTEGER, ZAUTHENTICATED INTEGER,
  ZACCOUNTTYPE INTEGER,
  ZDATE TIMESTAMP, ZACCOUNTDESCRIPTION VARCHAR, ZIDENTIFIER VARCHAR, ZUSERNAME VARCHAR, ZOWNINGBUNDLEID VARCHAR);
CREATE TABLE ZACCOUNTTYPE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZIDENTIFIER VARCHAR,
  ZACCOUNTTYPEDESCRIPTION VARCHAR);`,
    tables: {
      ...coreDataTables(world, 'Accounts3', [
        [2, 'Account', 0, accounts.length],
        [4, 'AccountType', 0, types.length],
      ]),
      ZACCOUNTTYPE: rowsOf('Z_PK, Z_ENT, Z_OPT, ZIDENTIFIER', types, (identifier, index) => [index + 1, 4, 1, identifier]),
      ZACCOUNT: rowsOf(accountColumns, accounts, ([user, description, type], index) => {
        return [index + 1, 2, 1, 1, 1, type, cocoaSeconds(world.at(-800)), description, random.uuid(), user];
      }),
    },
  };
}

const accountColumns =
  'Z_PK, Z_ENT, Z_OPT, ZACTIVE, ZAUTHENTICATED, ZACCOUNTTYPE, ZDATE, ZACCOUNTDESCRIPTION, ZIDENTIFIER, ZUSERNAME';

const services = ['Camera', 'Photos', 'Microphone', 'AddressBook', 'Calendar', 'MediaLibrary'] as const;

/** `Library/TCC/TCC.db`: what apps may use. `auth_value` 2 allows, 0 denies. */
export function privacyDatabase(world: World, apps: readonly InstalledApp[]): DatabasePlan {
  const random = world.random('privacy');
  const rows = apps
    .filter((app) => app.type === 'User')
    .flatMap((app) => services.filter(() => random.chance(0.4)).map((service) => [app.bundleId, service, random.chance(0.8)] as const));
  return {
    schema: `
CREATE TABLE admin (key TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL);
CREATE TABLE access (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, auth_value INTEGER NOT NULL,
  auth_reason INTEGER NOT NULL, auth_version INTEGER NOT NULL, csreq BLOB, policy_id INTEGER,
  indirect_object_identifier TEXT NOT NULL DEFAULT 'UNUSED',
  flags INTEGER, last_modified INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (service, client, client_type, indirect_object_identifier));`,
    userVersion: 0,
    tables: {
      admin: { columns: 'key, value', rows: [['version', 26]] },
      access: rowsOf(accessColumns, rows, ([client, service, isAllowed]) => {
        return [`kTCCService${service}`, client, 0, isAllowed ? 2 : 0, 2, 1, world.at(-300)];
      }),
    },
  };
}

const accessColumns = 'service, client, client_type, auth_value, auth_reason, auth_version, last_modified';

/** `Library/Databases/DataUsage.sqlite` of WirelessDomain: bytes over the mobile network by app. */
export function dataUsageDatabase(world: World, apps: readonly InstalledApp[]): DatabasePlan {
  const random = world.random('data usage');
  return {
    schema: `${coreDataSchema}
CREATE TABLE ZPROCESS (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZFIRSTTIMESTAMP TIMESTAMP, ZTIMESTAMP TIMESTAMP,
  ZBUNDLENAME VARCHAR, ZPROCNAME VARCHAR);
CREATE TABLE ZLIVEUSAGE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZHASPROCESS INTEGER, ZWIFIIN FLOAT, ZWIFIOUT FLOAT,
  ZWWANIN FLOAT, ZWWANOUT FLOAT, ZTIMESTAMP TIMESTAMP);`,
    tables: {
      ...coreDataTables(world, 'DataUsage', [
        [1, 'LiveUsage', 0, apps.length],
        [2, 'Process', 0, apps.length],
      ]),
      ZPROCESS: rowsOf('Z_PK, Z_ENT, Z_OPT, ZFIRSTTIMESTAMP, ZTIMESTAMP, ZBUNDLENAME, ZPROCNAME', apps, (app, index) => {
        return [index + 1, 2, 1, cocoaSeconds(world.at(-700)), cocoaSeconds(world.at(-2)), app.bundleId, app.bundleId];
      }),
      ZLIVEUSAGE: rowsOf('Z_PK, Z_ENT, Z_OPT, ZHASPROCESS, ZWWANIN, ZWWANOUT', apps, (_app, index) => {
        return [index + 1, 1, 1, index + 1, random.spread(1000, 900_000_000), random.spread(1000, 90_000_000)];
      }),
    },
  };
}
