import type { WireFault } from '../../contract.ts';
import type { DeviceLink } from './device-link.ts';
import { fileCode } from './units.ts';

/** One file on its way to the host. */
export interface Outgoing {
  /** Where the phone has it; informational. */
  readonly devicePath: string;
  readonly hostPath: string;
  readonly chunks: Iterable<Buffer>;
  /** Asked after the last chunk: why the phone could not read the rest, if so. */
  readonly failure?: () => string | undefined;
  /** Called when the stream of this file is complete; `error` is the text of a failed one. */
  readonly done?: (error: string | undefined) => void;
}

export interface SentFiles {
  readonly files: number;
  readonly bytes: number;
}

/** Streams the files of one UploadFiles message and its terminator. */
export async function sendFiles(link: DeviceLink, files: Iterable<Outgoing>): Promise<SentFiles> {
  const { writer, faults } = link;
  let count = 0;
  let bytes = 0;
  for (const file of files) {
    count++;
    if (faults.isArmed && faults.counted === 'uploads') {
      bytes += await sendFaulty(link, file);
      continue;
    }
    faults.file();
    writeNames(link, file);
    for (const chunk of file.chunks) {
      writer.coded(fileCode.data, chunk);
      faults.bytes(chunk.length);
      bytes += chunk.length;
      if (writer.isFull) await writer.drain();
    }
    finishFile(link, file, file.failure?.());
    if (writer.isFull) await writer.drain();
  }
  writer.terminator();
  await writer.flush();
  return { files: count, bytes };
}

function writeNames({ writer }: DeviceLink, file: Outgoing): void {
  writer.text(file.devicePath);
  writer.text(file.hostPath);
}

/** One file with a look for faults before its names and between its bytes. */
async function sendFaulty(link: DeviceLink, file: Outgoing): Promise<number> {
  let failure = await strike(link, link.faults.file());
  writeNames(link, file);
  let sent = 0;
  for (const chunk of file.chunks) {
    for (let rest = chunk; rest.length > 0 && failure === undefined; ) {
      const part = rest.subarray(0, link.faults.bytesBefore(rest.length) ?? rest.length);
      if (part.length > 0) link.writer.coded(fileCode.data, part);
      sent += part.length;
      rest = rest.subarray(part.length);
      failure = await strike(link, link.faults.bytes(part.length));
      await link.writer.drain();
    }
  }
  finishFile(link, file, failure ?? file.failure?.());
  return sent;
}

function finishFile({ writer }: DeviceLink, file: Outgoing, failure: string | undefined): void {
  if (failure === undefined) writer.coded(fileCode.success);
  else writer.coded(fileCode.ioError, Buffer.from(failure));
  file.done?.(failure);
}

/** Lets a fault act; the text for the file when it fails the file. */
async function strike(link: DeviceLink, fault: WireFault | undefined): Promise<string | undefined> {
  await link.act(fault);
  return fault?.kind === 'file-error' ? fault.text : undefined;
}
