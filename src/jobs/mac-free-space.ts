import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const deadline = 4000;

/** Asks Foundation, which alone counts what macOS would remove by itself for something important; the path is an argument. */
const script = `
ObjC.import('Foundation');
function run(argv) {
  const value = Ref();
  $.NSURL.fileURLWithPath(argv[0]).getResourceValueForKeyError(value, $.NSURLVolumeAvailableCapacityForImportantUsageKey, null);
  return String(ObjC.unwrap(value[0]));
}`;

/** Bytes that macOS can make free on the disk of `folder`, purgeable ones included; `undefined` elsewhere, or when it does not tell. */
export async function freeWithPurgeable(folder: string): Promise<number | undefined> {
  if (process.platform !== 'darwin') return undefined;
  try {
    const { stdout } = await run('/usr/bin/osascript', ['-l', 'JavaScript', '-e', script, folder], { timeout: deadline, killSignal: 'SIGKILL' });
    const bytes = Number(stdout.trim());
    return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined;
  } catch {
    return undefined;
  }
}
