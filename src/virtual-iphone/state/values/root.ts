import { PlistReal } from '../../../plist/index.ts';
import { pkcs1PublicKey } from '../rsa-key.ts';
import { majorOf, type DomainValues, type ValueSource } from './source.ts';

/** What a host may read before a session; the rest is `GetProhibited` there. */
export const publicKeys: ReadonlySet<string> = new Set([
  'ActivationState',
  'BuildVersion',
  'DeviceClass',
  'DeviceName',
  'DevicePublicKey',
  'HardwareModel',
  'PasswordProtected',
  'ProductName',
  'ProductType',
  'ProductVersion',
  'ProtocolVersion',
  'UniqueDeviceID',
  'IsVirtualDevice',
  'WiFiAddress',
]);

export function rootValues(source: ValueSource): DomainValues {
  return { ...identityValues(source), ...hardwareValues(source), ...(isCellular(source) ? radioValues(source) : {}), ...stateValues(source) };
}

function identityValues({ identity, model, options, deviceKey }: ValueSource): DomainValues {
  return {
    BuildVersion: identity.buildVersion,
    DeviceClass: model.deviceClass,
    DeviceName: identity.name,
    DevicePublicKey: pkcs1PublicKey(deviceKey()),
    HumanReadableProductVersionString: majorOf({ options }) >= 13 ? identity.iosVersion : undefined,
    ModelNumber: model.modelNumber,
    ProductName: 'iPhone OS',
    ProductType: identity.productType,
    ProductVersion: identity.iosVersion,
    ProtocolVersion: '2',
    RegionInfo: 'LL/A',
    SerialNumber: identity.serialNumber,
    UniqueChipID: identity.ecid,
    UniqueDeviceID: identity.udid,
  };
}

function hardwareValues({ identity, model, numbers }: ValueSource): DomainValues {
  return {
    BluetoothAddress: numbers.bluetoothAddress,
    BoardId: model.board,
    CPUArchitecture: model.cpu,
    ChipID: model.chip,
    DeviceColor: '1',
    DeviceEnclosureColor: '1',
    DieID: numbers.dieId,
    EthernetAddress: numbers.ethernetAddress,
    FirmwareVersion: 'iBoot-11881.122.1',
    HardwareModel: identity.hardwareModel,
    HardwarePlatform: `t${model.chip.toString(16)}`,
    NonVolatileRAM: { 'auto-boot': Buffer.from('true'), 'backlight-level': Buffer.from('1501') },
    PairRecordProtectionClass: 4,
    PartitionType: 'GUID_partition_scheme',
    PkHash: numbers.pkHash,
    ProductionSOC: true,
    SoftwareBehavior: Buffer.from('01040000000000000000000000000000', 'hex'),
    SoftwareBundleVersion: '',
    SupportedDeviceFamilies: model.deviceClass === 'iPad' ? [1, 2] : [1],
    WiFiAddress: identity.wifiAddress,
  };
}

const isCellular = ({ model }: ValueSource): boolean => model.deviceClass === 'iPhone';

function radioValues({ numbers, options }: ValueSource): DomainValues {
  return {
    BasebandStatus: 'BBInfoAvailable',
    IntegratedCircuitCardIdentity: numbers.iccid,
    InternationalMobileEquipmentIdentity: numbers.imei,
    InternationalMobileEquipmentIdentity2: majorOf({ options }) >= 12 ? numbers.secondImei : undefined,
    MobileEquipmentIdentifier: numbers.imei.slice(0, 14),
    PhoneNumber: numbers.phoneNumber,
    SIMStatus: 'kCTSIMSupportSIMStatusReady',
    SIMTrayStatus: 'kCTSIMSupportSIMTrayInsertedWithSIM',
  };
}

function stateValues({ moods, time, model }: ValueSource): DomainValues {
  return {
    ActivationState: 'Activated',
    ActivationStateAcknowledged: true,
    BrickState: false,
    HostAttached: true,
    PasswordProtected: moods.locked,
    TelephonyCapability: model.deviceClass === 'iPhone',
    TimeIntervalSince1970: new PlistReal(time.getTime() / 1000),
    TimeZone: 'Europe/Berlin',
    TimeZoneOffsetFromUTC: new PlistReal(3600),
    TrustedHostAttached: true,
    // No real phone has this key: hosts label what is not one.
    IsVirtualDevice: true,
    Uses24HourClock: true,
  };
}
