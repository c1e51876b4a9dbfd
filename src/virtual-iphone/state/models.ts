/** Facts of a model, from public device lists. */
export interface Model {
  readonly productType: string;
  readonly hardwareModel: string;
  readonly deviceClass: 'iPhone' | 'iPad' | 'iPod';
  readonly cpu: string;
  /** Chip id: the first half of the UDID since A12 (0x8020); older chips have a UDID of 40 hex digits. */
  readonly chip: number;
  readonly board: number;
  readonly modelNumber: string;
  /** Bytes, marketing size in powers of ten. */
  readonly capacity: number;
}

const gigabyte = 1_000_000_000;

const models: readonly Model[] = [
  model('iPhone9,1', 'D10AP', 'iPhone', 'arm64', 0x8010, 0x08, 'MN8X2', 32),
  model('iPhone10,4', 'D201AP', 'iPhone', 'arm64', 0x8015, 0x0a, 'MQ6G2', 64),
  model('iPhone10,6', 'D221AP', 'iPhone', 'arm64', 0x8015, 0x0e, 'MQAC2', 64),
  model('iPhone11,8', 'N841AP', 'iPhone', 'arm64e', 0x8020, 0x0c, 'MRY42', 64),
  model('iPhone12,1', 'N104AP', 'iPhone', 'arm64e', 0x8030, 0x04, 'MWLT2', 64),
  model('iPhone13,2', 'D53gAP', 'iPhone', 'arm64e', 0x8101, 0x0c, 'MGJ53', 128),
  model('iPhone14,5', 'D17AP', 'iPhone', 'arm64e', 0x8110, 0x18, 'MLPF3', 128),
  model('iPhone15,2', 'D73AP', 'iPhone', 'arm64e', 0x8120, 0x0c, 'MQ0G3', 256),
  model('iPhone16,1', 'D83AP', 'iPhone', 'arm64e', 0x8130, 0x04, 'MTV13', 256),
  model('iPhone16,2', 'D84AP', 'iPhone', 'arm64e', 0x8130, 0x06, 'MU7A3', 512),
  model('iPhone17,1', 'D93AP', 'iPhone', 'arm64e', 0x8140, 0x0c, 'MYNF3', 256),
  model('iPad13,16', 'J407AP', 'iPad', 'arm64e', 0x8103, 0x38, 'MM9E3', 256),
];

function model(
  productType: string,
  hardwareModel: string,
  deviceClass: Model['deviceClass'],
  cpu: string,
  chip: number,
  board: number,
  modelNumber: string,
  gigabytes: number,
): Model {
  return { productType, hardwareModel, deviceClass, cpu, chip, board, modelNumber, capacity: gigabytes * gigabyte };
}

export const knownProductTypes: readonly string[] = models.map((known) => known.productType);

/** The model's facts; an unknown product type keeps its name and has those of the newest known model of its class. */
export function modelOf(productType: string): Model {
  const known = models.find((entry) => entry.productType === productType);
  if (known) return known;
  const deviceClass = productType.startsWith('iPad') ? 'iPad' : 'iPhone';
  const template = models.findLast((entry) => entry.deviceClass === deviceClass) as Model;
  return { ...template, productType };
}

/** Build numbers of releases that real sessions were seen with. */
const builds: Readonly<Record<string, string>> = {
  '9.3.5': '13G36',
  '10.3.3': '14G60',
  '11.4.1': '15G77',
  '12.5.7': '16H81',
  '13.7': '17H35',
  '14.8': '18H17',
  '15.6.1': '19G82',
  '16.1': '20B82',
  '16.1.1': '20B101',
  '17.2.1': '21C66',
  '17.5.1': '21F90',
  '18.1': '22B83',
  '18.4.1': '22E252',
  '18.5': '22F76',
  '26.1': '23B85',
};

/** iOS 10 is build 14, each yearly release one more (26 followed 18); the letter counts the minor releases. */
export function buildOf(iosVersion: string): string {
  const known = builds[iosVersion];
  if (known) return known;
  const [major = 18, minor = 0, patch = 0] = iosVersion.split('.').map(Number);
  const train = major >= 26 ? major - 3 : major + 4;
  return `${train}${String.fromCharCode(65 + Math.min(minor, 25))}${50 + patch * 11}`;
}
