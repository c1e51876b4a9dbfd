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
  { productType: 'iPhone9,1', hardwareModel: 'D10AP', deviceClass: 'iPhone', cpu: 'arm64', chip: 0x8010, board: 0x08, modelNumber: 'MN8X2', capacity: 32 * gigabyte },
  { productType: 'iPhone10,4', hardwareModel: 'D201AP', deviceClass: 'iPhone', cpu: 'arm64', chip: 0x8015, board: 0x0a, modelNumber: 'MQ6G2', capacity: 64 * gigabyte },
  { productType: 'iPhone10,6', hardwareModel: 'D221AP', deviceClass: 'iPhone', cpu: 'arm64', chip: 0x8015, board: 0x0e, modelNumber: 'MQAC2', capacity: 64 * gigabyte },
  { productType: 'iPhone11,8', hardwareModel: 'N841AP', deviceClass: 'iPhone', cpu: 'arm64e', chip: 0x8020, board: 0x0c, modelNumber: 'MRY42', capacity: 64 * gigabyte },
  { productType: 'iPhone12,1', hardwareModel: 'N104AP', deviceClass: 'iPhone', cpu: 'arm64e', chip: 0x8030, board: 0x04, modelNumber: 'MWLT2', capacity: 64 * gigabyte },
  { productType: 'iPhone13,2', hardwareModel: 'D53gAP', deviceClass: 'iPhone', cpu: 'arm64e', chip: 0x8101, board: 0x0c, modelNumber: 'MGJ53', capacity: 128 * gigabyte },
  { productType: 'iPhone14,5', hardwareModel: 'D17AP', deviceClass: 'iPhone', cpu: 'arm64e', chip: 0x8110, board: 0x18, modelNumber: 'MLPF3', capacity: 128 * gigabyte },
  { productType: 'iPhone15,2', hardwareModel: 'D73AP', deviceClass: 'iPhone', cpu: 'arm64e', chip: 0x8120, board: 0x0c, modelNumber: 'MQ0G3', capacity: 256 * gigabyte },
  { productType: 'iPhone16,1', hardwareModel: 'D83AP', deviceClass: 'iPhone', cpu: 'arm64e', chip: 0x8130, board: 0x04, modelNumber: 'MTV13', capacity: 256 * gigabyte },
  { productType: 'iPhone16,2', hardwareModel: 'D84AP', deviceClass: 'iPhone', cpu: 'arm64e', chip: 0x8130, board: 0x06, modelNumber: 'MU7A3', capacity: 512 * gigabyte },
  { productType: 'iPhone17,1', hardwareModel: 'D93AP', deviceClass: 'iPhone', cpu: 'arm64e', chip: 0x8140, board: 0x0c, modelNumber: 'MYNF3', capacity: 256 * gigabyte },
  { productType: 'iPad13,16', hardwareModel: 'J407AP', deviceClass: 'iPad', cpu: 'arm64e', chip: 0x8103, board: 0x38, modelNumber: 'MM9E3', capacity: 256 * gigabyte },
];

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
