import { resolve } from 'node:path';
import type { RestoreOptions, RestoreRequest } from '../jobs/api.ts';
import { CancelledError } from '../shared/errors.ts';
import { UsageError, type Command, type CommandIo } from './command.ts';
import { chooseEntry, entryHelp, refOf } from './entry-choice.ts';
import { exitCode } from './exit-codes.ts';
import { showFindings } from './failure.ts';
import { formatBytes, terminalText } from './format.ts';
import { commonHelp, commonOptions, readOptions } from './options.ts';
import { askLine } from './question.ts';
import { SecretReader } from './secrets.ts';
import { deviceLabel, withSession, type Session } from './session.ts';

const options = {
  ...commonOptions,
  from: { type: 'string' },
  of: { type: 'string' },
  password: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  'no-system': { type: 'boolean', default: false },
  'no-reboot': { type: 'boolean', default: false },
  'no-apps': { type: 'boolean', default: false },
  settings: { type: 'boolean', default: false },
  remove: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof readOptions<typeof options>>['values'];

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'Restore a backup to a device',
  help: `Usage: iphone-backup restore ENTRY [options]
       iphone-backup restore --from FOLDER [options]

Writes a backup back to a device (--udid), the one it came from or another. What is on the device under the same names is
replaced. The backup itself is only read. ${entryHelp}

  --from FOLDER    a backup folder of Finder, iTunes, Apple Devices or idevicebackup2 in place of an entry
  --of UDID        whose backups ENTRY means, where the library has several devices
  --password       ask for the backup password, or read it as a line of standard input (encrypted entries: always)
  --yes            do not ask for confirmation
  --settings       also overwrite the settings of the device
  --remove         delete everything on the device that the backup lacks
  --no-system      leave system files out
  --no-apps        do not have apps installed again
  --no-reboot      do not restart the device at the end (it must be restarted before another restore)

${commonHelp}`,
  async run(args, io) {
    const { values, positionals } = readOptions(args, options, 1);
    return await withSession(values, io, async (session) => {
      const { source, label, isEncrypted } = await readSource(session, values, positionals[0]);
      const device = await session.trusted(await session.device());
      const password = isEncrypted || values.password ? await new SecretReader(io).read('Backup password') : undefined;
      const request: RestoreRequest = { source, udid: device.udid, password, options: restoreOptions(values) };
      const findings = await session.engine.preflightRestore(request, io.signal);
      showFindings(findings, io, session.isJson);
      const blockers = findings.filter((finding) => finding.severity === 'blocker');
      if (blockers.length > 0) return blockers.some(({ code }) => backupBlockers.has(code)) ? exitCode.data : exitCode.device;
      if (!values.yes) await confirm(`Restore ${label} to ${deviceLabel(device)}?`, io);
      const result = await session.run((run) => session.engine.restore(request, run));
      const returned = result.deviceReturned ? ' The device has restarted.' : '';
      session.print(result, `Restored ${result.files} files, ${formatBytes(result.bytes)}.${returned}`);
      return exitCode.ok;
    });
  },
};

/** Blockers that lie in the backup or its password; all others lie in the device. */
const backupBlockers: ReadonlySet<string> = new Set(['restore.incomplete', 'restore.missing-files', 'restore.password-missing', 'restore.password-wrong']);

async function readSource(session: Session, values: Values, word: string | undefined) {
  if (values.from !== undefined) {
    if (word !== undefined) throw new UsageError('Name an entry or --from FOLDER, not both');
    return { source: { folder: resolve(values.from) }, label: terminalText(values.from), isEncrypted: false };
  }
  if (word === undefined) throw new UsageError('Say which backup to restore');
  const entry = await chooseEntry(session, word, values.of);
  return { source: refOf(entry), label: `${terminalText(entry.deviceName)} of ${entry.id}`, isEncrypted: entry.isEncrypted };
}

function restoreOptions(values: Values): RestoreOptions {
  return {
    systemFiles: !values['no-system'],
    reboot: !values['no-reboot'],
    reinstallApps: !values['no-apps'],
    preserveSettings: !values.settings,
    removeItemsNotRestored: values.remove,
  };
}

async function confirm(question: string, io: CommandIo): Promise<void> {
  if (!io.stdin.isTTY) throw new UsageError('A restore needs a yes: run it on a terminal, or add --yes');
  const answer = await askLine(io, io.stderr, `${question} Type "yes" to go on: `);
  if (answer.trim().toLowerCase() !== 'yes') throw new CancelledError('cancelled.host', 'Not confirmed');
}
