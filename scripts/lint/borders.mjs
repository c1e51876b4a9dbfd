/** Rooms of `src/` from the top floor to the ground; a room imports from lower floors only. */
export const floors = [
  ['vscode', 'cli'],
  ['jobs'],
  ['plans', 'diagnosis'],
  ['estimate', 'contents'],
  ['library'],
  ['mobilebackup2'],
  ['selection', 'device'],
  ['format'],
  ['plist', 'shared'],
];

const rooms = floors.flat();

export const reasons = {
  floors: 'Imports go down the floors only: a room never knows who uses it, and each can be tested without the ones above.',
  phone: 'The virtual iPhone and the client share no code: two ends that share a reader share its bugs.',
  phoneFormat: 'Of format/ the virtual iPhone takes constant tables only (names.ts, mb-errors.ts): its writers are its own.',
  editor: 'Only src/vscode/ and src/extension.ts know the editor: all else also runs in workers and in the terminal.',
  disk: 'library/ reaches the disk through FileSystem only, so that faults and power loss can be injected.',
  wire: 'mobilebackup2/ talks to a BackupFolder, never to a disk path.',
  appium: 'Only device/ knows appium-ios-device: nobody else depends on its polling, its limits or its types.',
  browser: 'Code of a webview runs in a browser: it has no Node, and of src/ it knows the messages in shared/ only.',
};

const roomsAbove = (room) => floors.slice(0, floors.findIndex((floor) => floor.includes(room)) + 1).flat().filter((other) => other !== room);

const nodeFs = '^(node:)?fs(/promises)?$';
const appium = '^appium-ios-device(/|$)';

const forbid = (regex, message) => ({ regex, message });

/** Imports from `folder`, except of some of its files or folders. */
const forbidOthers = (folder, exceptions, message) => ({ group: [`${folder}/**`, ...exceptions.map((path) => `!${folder}/${path}`)], message });

/** Imports of `targets` from a file `depth` folders below its room. */
const forbidRooms = (targets, depth, message) => forbid(`^(\\.\\./){${depth + 1}}(${targets.join('|')})/`, message);

/** What files of a room, `depth` folders down, must not import. */
function roomPatterns(room, depth) {
  const own = {
    library: [forbid(nodeFs, reasons.disk)],
    mobilebackup2: [forbid(nodeFs, reasons.wire)],
  };
  return [
    forbidRooms(roomsAbove(room), depth, reasons.floors),
    forbidRooms(['virtual-iphone'], depth, reasons.phone),
    ...(room === 'vscode' ? [] : [forbid('^vscode$', reasons.editor)]),
    ...(room === 'device' ? [] : [forbid(appium, reasons.appium)]),
    ...(own[room] ?? []),
  ];
}

function phonePatterns(depth) {
  const clientRooms = rooms.filter((room) => room !== 'plist' && room !== 'format');
  return [
    forbidRooms(clientRooms, depth, reasons.phone),
    forbidOthers('../'.repeat(depth + 1) + 'format', ['names.ts', 'mb-errors.ts'], reasons.phoneFormat),
    forbid('^vscode$', reasons.editor),
    forbid(appium, reasons.appium),
  ];
}

const override = (files, patterns) => ({ files: [files].flat(), rules: { 'no-restricted-imports': ['error', { patterns }] } });

const depths = [0, 1, 2, 3, 4];

const atDepths = (room, patterns) => depths.map((depth) => override(`src/${room}/${'*/'.repeat(depth)}*.ts`, patterns(depth)));

const without = (patterns, ...messages) => patterns.filter(({ message }) => !messages.includes(message));

/** The borders of ARCHITECTURE.md as overrides of oxlint; where several fit a file, the last one counts. */
export const borders = [
  ...rooms.flatMap((room) => atDepths(room, (depth) => roomPatterns(room, depth))),
  ...atDepths('virtual-iphone', phonePatterns),
  override('src/extension.ts', [forbid('^\\./(cli|virtual-iphone)/', reasons.phone), forbid(appium, reasons.appium)]),
  override('src/cli.ts', [forbid('^\\./vscode/', reasons.floors), forbid('^vscode$', reasons.editor), forbid(appium, reasons.appium)]),
  // The one command that starts the virtual iPhone; its host is another process or the tests.
  override('src/cli/virtual*.ts', without(roomPatterns('cli', 0), reasons.phone)),
  override('src/library/node-file-system.ts', without(roomPatterns('library', 0), reasons.disk)),
  override('webview/**/*.ts', [forbid('^node:', reasons.browser), forbidOthers('**/src', ['shared/**'], reasons.browser), forbid('^vscode$', reasons.browser)]),
];
