import { openContent, type ContentSpec } from './content/index.ts';
import type { PhoneContent, PhoneOptions } from './contract.ts';
import { createPhone, type VirtualPhone } from './phone.ts';
import type { Service } from './service.ts';
import { phoneServices } from './services/table.ts';
import { completeOptions } from './state/identity.ts';
import type { ConnectionType } from './usbmux/device-entry.ts';
import { startMux, type MuxOptions, type VirtualMux } from './usbmux/mux.ts';

export { BackupContentError, parseContentSpec, type BackupFault, type ContentSpec } from './content/index.ts';
export type { HostileMood, Moods, PhoneOptions, WireFault, WirePoint } from './contract.ts';
export { createPhone, type VirtualPhone } from './phone.ts';
export { moodHelp, parseMood } from './state/mood-parser.ts';
export { keepHeapSmall } from './small-heap.ts';
export type { ConnectionType } from './usbmux/device-entry.ts';
export { startMux, type MuxOptions, type VirtualMux } from './usbmux/mux.ts';

export interface VirtualOptions extends PhoneOptions {
  /** What is on the phone; a tiny generated content when absent. */
  readonly content?: PhoneContent | ContentSpec | undefined;
  readonly mux?: MuxOptions | undefined;
  /** How the phone hangs on the muxer; by USB when absent. */
  readonly connections?: readonly ConnectionType[] | undefined;
  /** Phones speak TLS 1.2; allowing 1.3 makes tests faster. */
  readonly allowTls13?: boolean | undefined;
  /** Hears of faults of the virtual phone itself; a process warning when absent. */
  readonly onFault?: ((error: unknown) => void) | undefined;
  /** Services beside the usual ones, or in their place. */
  readonly services?: readonly Service[] | undefined;
}

/** A running virtual iPhone and the muxer it hangs on. */
export interface RunningVirtual {
  /** `127.0.0.1:PORT`, for `USBMUXD_SOCKET_ADDRESS`. */
  readonly address: string;
  readonly mux: VirtualMux;
  readonly phone: VirtualPhone;
  close(): Promise<void>;
}

/** A phone with its content and all services, not yet on a muxer. */
export async function createVirtual(options: VirtualOptions): Promise<VirtualPhone> {
  const { content, allowTls13, onFault, services = [], mux: _mux, connections: _connections, ...phoneOptions } = options;
  const clock = phoneOptions.clock ?? new Date();
  const isMade = content !== undefined && 'items' in content;
  const made = isMade ? content : await openContent(content ?? { kind: 'tiny' }, { ...completeOptions(phoneOptions), clock });
  return createPhone(phoneOptions, made, { services: [...phoneServices, ...services], allowTls13, onFault });
}

/** The simplest start: one phone behind a muxer of its own. */
export async function startVirtual(options: VirtualOptions): Promise<RunningVirtual> {
  const phone = await createVirtual(options);
  const mux = await startMux(options.mux);
  mux.addPhone(phone, options.connections);
  return {
    address: mux.address,
    mux,
    phone,
    close: async () => {
      await mux.close();
      phone.close();
    },
  };
}
