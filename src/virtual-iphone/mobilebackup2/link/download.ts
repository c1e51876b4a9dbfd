import type { DeviceLink } from './device-link.ts';
import { fileCode } from './units.ts';

/** Takes what the host sends for one DownloadFiles message, file by file. */
export interface Incoming {
  begin(path: string): void;
  data(bytes: Buffer): void;
  /** `error` is the host's text when the file failed; `code` is its negated status code. */
  end(error: { readonly code: number; readonly text: string } | undefined): void | Promise<void>;
}

/** Reads files up to the terminator. Faults may strike between units. */
export async function receiveFiles(link: DeviceLink, incoming: Incoming): Promise<void> {
  for (;;) {
    const name = await link.unit();
    if (name.length === 0) return;
    if (link.faults.counted === 'downloads') await link.act(link.faults.file());
    incoming.begin(name.toString('utf8'));
    await receiveFile(link, incoming);
  }
}

async function receiveFile(link: DeviceLink, incoming: Incoming): Promise<void> {
  for (;;) {
    const unit = await link.unit();
    const code = unit[0] ?? fileCode.success;
    if (code === fileCode.data) {
      incoming.data(unit.subarray(1));
      if (link.faults.counted === 'downloads') await link.act(link.faults.bytes(unit.length - 1));
      continue;
    }
    await incoming.end(code === fileCode.success ? undefined : { code: -code, text: unit.toString('utf8', 1) });
    return;
  }
}
