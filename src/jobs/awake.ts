import { spawn, type ChildProcess } from 'node:child_process';

/** Ends the wish to stay awake; safe to call twice. */
export interface AwakeHold {
  readonly isHeld: boolean;
  release(): void;
}

// The flags are ES_CONTINUOUS | ES_SYSTEM_REQUIRED of SetThreadExecutionState; the state lasts as long as the thread.
const windowsScript =
  "$t=Add-Type -MemberDefinition '[DllImport(\"kernel32.dll\")]public static extern uint SetThreadExecutionState(uint f);' -Name P -Namespace W -PassThru;" +
  '$null=$t::SetThreadExecutionState([uint32]"0x80000001");$null=[Console]::In.ReadLine()';

/** The program that keeps this platform awake while it runs; all end with our standard input or process. */
export function awakeCommand(platform: NodeJS.Platform, pid: number): readonly [file: string, args: readonly string[]] | undefined {
  if (platform === 'darwin') return ['caffeinate', ['-i', '-w', String(pid)]];
  if (platform === 'win32') return ['powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', windowsScript]];
  if (platform !== 'linux') return undefined;
  const why = ['--what=sleep:idle', '--who=iPhone Backup', '--why=A backup is running', '--mode=block'];
  return ['systemd-inhibit', [...why, 'cat']];
}

/** Keeps the computer from sleeping by itself until released. Closing the lid still wins on most machines. */
export async function stayAwake(platform: NodeJS.Platform = process.platform): Promise<AwakeHold> {
  const command = awakeCommand(platform, process.pid);
  const child = command && (await started(spawn(command[0], command[1], { stdio: ['pipe', 'ignore', 'ignore'] })));
  return {
    isHeld: child !== undefined,
    release: () => {
      child?.stdin?.end();
      child?.kill();
    },
  };
}

/** The child once it has run for a moment, or `undefined` when it could not start or was refused. */
function started(child: ChildProcess): Promise<ChildProcess | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(child), 150);
    const fail = (): void => {
      clearTimeout(timer);
      resolve(undefined);
    };
    child.stdin?.on('error', () => undefined);
    child.once('error', fail);
    child.once('exit', fail);
    child.unref();
  });
}
