import type { PhoneContent, PhoneOptions } from './contract.ts';
import { createPhone, type VirtualPhone } from './phone.ts';
import type { Service } from './service.ts';
import { commonServices } from './services/table.ts';
import { emptyContent } from './state/empty-content.ts';
import type { ConnectionType } from './usbmux/device-entry.ts';
import { startMux, type MuxOptions, type VirtualMux } from './usbmux/mux.ts';

export { createPhone, type VirtualPhone } from './phone.ts';
export { startMux, type MuxOptions, type VirtualMux } from './usbmux/mux.ts';
export type { ConnectionType } from './usbmux/device-entry.ts';

export interface VirtualOptions extends PhoneOptions {
  readonly content?: PhoneContent | undefined;
  readonly mux?: MuxOptions | undefined;
  readonly connections?: readonly ConnectionType[] | undefined;
  readonly allowTls13?: boolean | undefined;
  /** Services beside the common ones. */
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

/** The simplest start: one phone behind a muxer of its own. */
export async function startVirtual(options: VirtualOptions): Promise<RunningVirtual> {
  const { content, mux: muxOptions, connections, allowTls13, services = [], ...phoneOptions } = options;
  const phone = createPhone(phoneOptions, content ?? emptyContent(), { services: [...commonServices, ...services], allowTls13 });
  const mux = await startMux(muxOptions);
  mux.addPhone(phone, connections);
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
