import type { CommandIo, Command } from './command.ts';
import { exitCode } from './exit-codes.ts';
import { readOptions } from './options.ts';
import { runControl } from './virtual-control.ts';
import { muxFailure, phoneFailure } from './virtual-failure.ts';
import { LineSource } from './virtual-lines.ts';
import { phoneRequests, virtualOptions, type Values } from './virtual-options.ts';
import { createVirtual, keepHeapSmall, moodHelp, startMux, type VirtualPhone } from '../virtual-iphone/index.ts';

export const virtualCommand: Command = {
  name: 'virtual',
  summary: 'Start a virtual iPhone to try everything out without a real one',
  help: `Usage: iphone-backup virtual [options]

Prints USBMUXD_SOCKET_ADDRESS=127.0.0.1:PORT when it is ready and runs until it is interrupted. Programs that know this
variable (this one, libimobiledevice's tools) then see the virtual phone. It listens on this computer only.

  --content KIND   tiny (default): some files of every kind; small: a phone of some 30 MB that differs by seed;
                   demo: 150 to 350 MB that tell a story, with three weeks of change to step through (--control);
                   files=N,bytes=M[,sizes=mixed|even]: any number of files up to 1310000, made as they are read
  --from-backup DIR  serve the content of an existing backup; the password of an encrypted one is asked for, or read as the
                   first line of standard input
  --port N         TCP port (default: any free one)
  --socket PATH    a UNIX socket as well
  --pair-records DIR  keep the pair records of hosts in a folder (default: in memory)
  --udid UDID, --name NAME, --ios VERSION, --model MODEL, --language CODE
                   what the phone is, e.g. --ios 17.5.1 --model iPhone16,1 --language de (content is in en, de or zh)
  --seed N         another phone (default 1); equal seeds and clocks give equal keys and bytes
  --clock ISO      fixed start of the phone's clock (default: the time of this computer)
  --iterations A,B rounds of SHA-256 and SHA-1 that protect a backup password (default 10000000,10000)
  --devices N      several phones behind one muxer (default 1)
  --wifi           attach by Wi-Fi as well as by USB
  --wifi-only      attach by Wi-Fi only
  --tls13          allow TLS 1.3 (phones speak 1.2)
  --mood NAME=VALUE  a state or fault, may be given several times
  --control        read commands from standard input, one a line, and end with it:
                     mood NAME=VALUE | advance DAYS | detach | attach | restart [MS] | unlock | lock | tap-trust |
                     tap-deny | passcode | refuse-passcode | notify NAME | status | quit
                   with --devices the phone's number may stand before a command: 2 detach. Each is answered by one line,
                   "ok" or "error SENTENCE".

Moods:
${moodHelp}

Faults, one or a list of them: {"kind":"disconnect"}, "reset", "silence" (with "ms"), "error" (with "code", "text"),
"goodbye" (an end without a verdict), "cancel-on-phone", "file-error" (with "text"), each with "at",
whose parts are optional: "name", a DeviceLink message such as DLMessageUploadFiles, a request such as lockdown.StartSession
or lockdown.StartService.com.apple.afc, or a service such as com.apple.afc; "message", the n-th of that name or of all, from
0; "file", the n-th file of the run; "byte", after so many bytes of it, or of all files. Each acts once.

Forms of a hostile message ("form"): path (default), absurd-length, deep-plist, huge-plist, wrong-count, truncated-frame.
"message" is UploadFiles, DownloadFiles, MoveItems:from, MoveItems:to, CopyItem:from, CopyItem:to, RemoveItems,
CreateDirectory or ContentsOfDirectory; forms other than path also take UploadFiles:name, UploadFiles:chunk and
lockdown.REQUEST.`,
  prepareProcess: keepHeapSmall,
  runsUntilStopped: true,
  async run(args, io) {
    const { values } = readOptions(args, virtualOptions, 0);
    const lines = new LineSource(io);
    try {
      return await serve(values, lines, io);
    } catch (error) {
      throw phoneFailure(error);
    } finally {
      lines.close();
    }
  },
};

async function serve(values: Values, lines: LineSource, io: CommandIo): Promise<number> {
  const { mux: muxOptions, connections, phones: requests } = await phoneRequests(values, lines);
  const mux = await startMux(muxOptions).catch((error: unknown) => {
    throw muxFailure(error);
  });
  const phones: VirtualPhone[] = [];
  try {
    for (const request of requests) phones.push(await createVirtual(request));
    for (const phone of phones) mux.addPhone(phone, connections);
    io.stdout.write(`USBMUXD_SOCKET_ADDRESS=${mux.address}\n`);
    for (const phone of phones) io.stderr.write(`${phone.identity.name} ${phone.identity.productType} iOS ${phone.identity.iosVersion} ${phone.identity.udid}\n`);
    if (values.control) await runControl({ lines, mux, phones, connections, output: io.stdout, signal: io.signal });
    else await untilAborted(io.signal);
    return exitCode.ok;
  } finally {
    await mux.close();
    for (const phone of phones) phone.close();
  }
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
