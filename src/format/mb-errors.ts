/** MBErrorDomain codes with a known meaning (`device-protocol`, section 6); others are shown by number with the device's text. */
export const mbError = {
  generic: 1,
  multiple: 2,
  exists: 3,
  notFound: 4,
  parse: 11,
  policy: 22,
  cloudRestoreInProgress: 25,
  io: 100,
  deviceRead: 101,
  deviceWrite: 102,
  hostRead: 103,
  hostWrite: 104,
  hostSpace: 105,
  deviceSpace: 106,
  cancelled: 202,
  version: 203,
  empty: 204,
  damaged: 205,
  password: 207,
  locked: 208,
  findMy: 211,
  setupUnfinished: 212,
} as const;

/** Status codes of a DeviceLink `StatusResponse`. */
export const linkStatus = {
  ok: 0,
  generic: -1,
  notImplemented: -2,
  notFound: -6,
  exists: -7,
  notDirectory: -8,
  isDirectory: -9,
  linkLoop: -10,
  io: -11,
  multi: -13,
  noSpace: -15,
} as const;

export const emptyParameter = '___EmptyParameterString___';
