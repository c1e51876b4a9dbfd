import { createHash } from 'node:crypto';
import { mbError } from '../../../format/mb-errors.ts';
import { AgentError } from '../errors.ts';
import type { BackupContext } from './backup-context.ts';
import type { SentManifest } from './manifest-upload.ts';

/** "Verifying backup contents": the phone reads its control files back, one message each, and compares. */
export async function verifyBackup(context: BackupContext, status: Buffer, manifest: SentManifest): Promise<void> {
  const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
  await expectFile(context, 'Status.plist', sha256(status), 'status');
  await expectFile(context, 'Manifest.plist', sha256(manifest.plist), 'properties');
  await expectFile(context, 'Manifest.db', manifest.databaseHash, 'database');
}

async function expectFile({ host, udid }: BackupContext, name: string, expected: string, what: string): Promise<void> {
  const hash = createHash('sha256');
  let failure: string | undefined;
  const status = await host.download([`${udid}/${name}`], {
    begin: () => undefined,
    data: (bytes) => void hash.update(bytes),
    end: (error) => void (failure = error?.text),
  }, { progress: 100 });
  if (status.code !== 0 || failure !== undefined) throw new AgentError(mbError.hostRead, `Error reading ${what}`, failure ?? status.text);
  if (hash.digest('hex') !== expected) throw new AgentError(mbError.damaged, `Backup ${what} changed on the host`);
}
