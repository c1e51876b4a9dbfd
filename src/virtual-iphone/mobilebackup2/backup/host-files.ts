import { hash } from 'node:crypto';
import { linkStatus, mbError } from '../../../format/mb-errors.ts';
import { AgentError, agentCode } from '../errors.ts';
import type { StatusReply } from '../link/device-link.ts';
import type { BackupContext } from './backup-context.ts';

/** The host could not do a step: 105 when its disk is full, else 104 with the host's own words. */
export function requireOk(status: StatusReply, text: string): void {
  if (status.code === linkStatus.ok) return;
  if (status.code === linkStatus.noSpace) throw new AgentError(mbError.hostSpace, 'Insufficient free disk space on drive to back up');
  throw new AgentError(mbError.hostWrite, text, `${status.text ?? 'Unknown error'} (MBErrorDomain/${agentCode(status.code)})`);
}

/** Uploads one control file in a batch of its own, with an empty dictionary and size 0, as phones do. */
export async function uploadControl(context: BackupContext, path: string, chunks: Iterable<Buffer>, progress: number): Promise<void> {
  let failure: string | undefined;
  const name = hash('sha1', path, 'hex').slice(0, 6);
  const file = { devicePath: `/var/tmp/tmp.0.${name}`, hostPath: `${context.udid}/${path}`, chunks, done: (error: string | undefined) => void (failure = error) };
  const { status } = await context.host.upload([file], { progress });
  requireOk(status, `Error uploading ${path}`);
  if (failure !== undefined) throw new AgentError(mbError.hostWrite, `Error uploading ${path}`, failure);
}
