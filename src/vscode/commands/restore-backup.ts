import type { DeviceSummary } from '../../device/types.ts';
import { restore } from '../flows/restore.ts';
import { nodeArgument } from '../presenters/nodes.ts';
import type { RestoreSource } from '../presenters/restore-model.ts';
import type { Services } from '../services.ts';

/** Restores a backup, asking step by step; called on a backup or on a device, it asks for the other one. */
export async function restoreBackup(services: Services, argument?: unknown): Promise<void> {
  await restore(services, { source: sourceOf(argument), device: deviceOf(services, argument) });
}

function sourceOf(argument: unknown): RestoreSource | undefined {
  const node = nodeArgument(argument, 'entry', 'foreign');
  if (node?.kind === 'entry') return { kind: 'entry', entry: node.entry };
  return node && { kind: 'foreign', foreign: node.foreign };
}

function deviceOf({ devices }: Services, argument: unknown): DeviceSummary | undefined {
  const node = nodeArgument(argument, 'device', 'run');
  return node?.kind === 'run' ? devices.find(node.run.udid) : node?.device;
}
