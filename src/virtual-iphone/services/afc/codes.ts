/** Operations of AFC that the virtual phone answers. */
export const afcOperation = {
  status: 1,
  data: 2,
  readDir: 3,
  truncate: 7,
  removePath: 8,
  makeDir: 9,
  getFileInfo: 10,
  getDeviceInfo: 11,
  fileOpen: 13,
  fileOpenResult: 14,
  fileRead: 15,
  fileWrite: 16,
  fileSeek: 17,
  fileTell: 18,
  fileTellResult: 19,
  fileClose: 20,
  fileSetSize: 21,
  setConnectionOptions: 23,
  renamePath: 24,
  setFsBlockSize: 25,
  setSocketBlockSize: 26,
  fileLock: 27,
  setModTime: 30,
  removePathAndContents: 34,
} as const;

export const afcStatus = {
  ok: 0,
  unknown: 1,
  headerInvalid: 2,
  noResources: 3,
  invalidArgument: 7,
  notFound: 8,
  isDirectory: 9,
  permissionDenied: 10,
  tooMuchData: 13,
  notSupported: 15,
  exists: 16,
  noSpace: 18,
  wouldBlock: 19,
} as const;

/** An operation is answered with this status. */
export class AfcError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`AFC status ${status}`);
    this.status = status;
  }
}
