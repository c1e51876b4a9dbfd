import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeFileSystem } from '../../src/library/index.ts';

/** A mount point is what Linux has of files that another program holds open: it cannot be renamed (EBUSY). */
describe('faults: a file that another program holds', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'busy-'));
    mkdirSync(join(folder, 'held'));
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', join(folder, 'held')]);
  });
  afterEach(() => {
    if (existsSync(join(folder, 'held'))) execFileSync('umount', [join(folder, 'held')]);
    rmSync(folder, { recursive: true });
  });

  const fs = new NodeFileSystem();
  const [from, to] = [(): string => join(folder, 'held'), (): string => join(folder, 'moved')];
  /** Another program that runs already, and lets go a moment after this: how long it takes to start is not what is tested. */
  async function letGoSoon(): Promise<void> {
    const program = spawn('sh', ['-c', 'echo ready; read line; sleep 0.15; umount "$0"', from()], { stdio: ['pipe', 'pipe', 'ignore'] });
    await once(program.stdout, 'data');
    await new Promise<void>((resolve) => program.stdin.end('now\n', resolve));
  }

  it('is waited for, in a worker thread', async () => {
    await letGoSoon();
    fs.blocking.rename(from(), to());
    assert.ok(existsSync(to()));
  });

  it('is waited for, elsewhere', async () => {
    await letGoSoon();
    await fs.rename(from(), to());
    assert.ok(existsSync(to()));
  });

  it('is given up after a second', async () => {
    await assert.rejects(fs.rename(from(), to()), { code: 'EBUSY' });
    assert.throws(() => fs.blocking.rename(from(), to()), { code: 'EBUSY' });
  });
});
