import { everything } from '../ids.ts';
import { nodeArgument } from '../presenters/nodes.ts';
import type { Services } from '../services.ts';

/** Opens the report on a device; from the palette, on all that is connected: no device is a finding, too. */
export async function diagnose(services: Services, argument?: unknown): Promise<void> {
  const run = nodeArgument(argument, 'run')?.run;
  if (run) {
    const { lookedAtAgain } = await import('../../diagnosis/kept-run.ts');
    return (await services.panels.report.show(run.udid)).begin(lookedAtAgain(run, new Date()));
  }
  const node = nodeArgument(argument, 'device');
  const devices = await services.devices.ready();
  const only = devices.length === 1 ? devices[0]?.udid : undefined;
  const report = await services.panels.report.show(node?.device.udid ?? only ?? everything);
  await report.begin(undefined);
}
