import { writeBinaryPlist } from '../../../plist/index.ts';
import { bytesBody, fillerBody } from '../body.ts';
import { healthDatabase, healthSecureDatabase, makeSamples } from '../databases/health.ts';
import { hashText } from '../random.ts';
import type { PhoneContext } from './context.ts';
import { addDatabase } from './databases.ts';

const dataVault = 128;

/** Health, Medical ID and HomeKit: in encrypted backups only. */
export function addHealth(context: PhoneContext): void {
  const { world, tree, scale, today } = context;
  tree.directory('HealthDomain', 'Health', { modified: world.at(-900), flags: dataVault });
  const samples = makeSamples(world, scale.healthDays, today);
  const secure = { modified: world.at(today), protectionClass: 1 } as const;
  addDatabase(context, 'HealthDomain', 'Health/healthdb_secure.sqlite', secure, () => healthSecureDatabase(world, samples));
  const sources = { modified: world.at(-200), protectionClass: 1 } as const;
  addDatabase(context, 'HealthDomain', 'Health/healthdb.sqlite', sources, () => healthDatabase(world));
  const series = fillerBody(world.filler, hashText('healthdb_secure.hfd'), 65_536);
  tree.file('HealthDomain', 'Health/healthdb_secure.hfd', series, { modified: world.at(-20), protectionClass: 1 });
  const medical = { version: 1, bloodType: '0+', isDisabled: false, lastModifiedDate: new Date(world.at(-300) * 1000) };
  tree.file('HealthDomain', 'MedicalID/MedicalIDData.archive', bytesBody(writeBinaryPlist(medical)), { modified: world.at(-300) });
  const home = { name: world.phrases.labels.home, rooms: world.phrases.places.slice(0, 2) };
  tree.file('HomeKitDomain', 'Library/homed/datastore3.config', bytesBody(writeBinaryPlist(home)), { modified: world.at(-250) });
}
