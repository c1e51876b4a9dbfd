import { env } from 'vscode';
import { pickDevice } from '../pick/pick-device.ts';
import { nodeArgument } from '../presenters/nodes.ts';
import type { Services } from '../services.ts';
import { t } from '../wording.ts';

/** Copies the UDID of a device, or `UDID/id` of a backup. */
export async function copyIdentifier(services: Services, argument?: unknown): Promise<void> {
  const text = identifierOf(argument) ?? (await pickDevice(services, argument, { title: t('Copy Identifier') }))?.udid;
  if (text !== undefined) await env.clipboard.writeText(text);
}

function identifierOf(argument: unknown): string | undefined {
  const node = nodeArgument(argument, 'device', 'entry', 'group', 'foreign');
  if (node?.kind === 'device') return node.device.udid;
  if (node?.kind === 'entry') return `${node.entry.udid}/${node.entry.id}`;
  return node?.kind === 'group' ? node.udid : node?.foreign.udid;
}
