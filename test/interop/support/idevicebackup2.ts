import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PhoneContent, PhoneItem } from '../../../src/virtual-iphone/contract.ts';
import { startVirtual, type RunningVirtual, type VirtualOptions } from '../../../src/virtual-iphone/index.ts';
import { contentOf } from '../../unit/virtual-iphone/mobilebackup2/support/backup-reader.ts';
import { sampleContent } from '../../unit/virtual-iphone/mobilebackup2/support/list-content.ts';
import { runTool, type ToolResult } from './tools.ts';

const clock = new Date('2026-03-01T12:00:00Z');

/** Virtual phones with Debian's idevicebackup2 beside them and a folder for its backups; all gone after `close`. */
export class Workbench {
  readonly folder = mkdtempSync(join(tmpdir(), 'idevicebackup2-'));
  readonly #phones: RunningVirtual[] = [];

  async phone(options: Partial<VirtualOptions> = {}): Promise<RunningVirtual> {
    const phone = await startVirtual({
      seed: 1, clock, ios: '18.5', allowTls13: true, iterations: { sha256: 100, sha1: 10 }, content: sampleContent(), ...options,
    });
    this.#phones.push(phone);
    return phone;
  }

  /** Runs the tool against a phone; it is killed after `limit` ms, as `runTool` does it. */
  run(phone: RunningVirtual, args: readonly string[], limit?: number, since?: Promise<unknown>): Promise<ToolResult> {
    return runTool('idevicebackup2', ['-u', udidOf(phone), ...args], phone.address, limit, since);
  }

  async backup(phone: RunningVirtual, ...args: string[]): Promise<string> {
    const { code, output } = await this.run(phone, ['backup', ...args, this.folder]);
    assert.match(output, /Backup Successful\./);
    assert.equal(code, 0);
    return output;
  }

  /** What the folder holds for a phone, decrypted, by `domain/path`. */
  content(phone: RunningVirtual, password?: string): Map<string, Buffer> {
    return contentOf({ files: { get: (path) => readFileSync(join(this.folder, path)) } }, udidOf(phone), password);
  }

  async close(): Promise<void> {
    for (const phone of this.#phones) await phone.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const udidOf = (phone: RunningVirtual): string => phone.phone.identity.udid;

/** What an unencrypted backup leaves out. */
export const isHealth = ({ domain }: PhoneItem): boolean => domain === 'HealthDomain';

/** Asserts that a backup's files are those of the phone, byte for byte. */
export function assertSameFiles(files: ReadonlyMap<string, Buffer>, content: PhoneContent, ignore: (item: PhoneItem) => boolean = () => false): void {
  const expected = new Map<string, Buffer>();
  for (const item of content.items()) {
    if (item.kind !== 'file' || ignore(item)) continue;
    const chunks: Buffer[] = [];
    for (const chunk of content.read(item, 1 << 20)) chunks.push(Buffer.from(chunk));
    expected.set(`${item.domain}/${item.path}`, Buffer.concat(chunks));
  }
  assert.deepEqual([...files.keys()].sort(), [...expected.keys()].sort());
  for (const [name, bytes] of expected) assert.ok(files.get(name)?.equals(bytes), `content of ${name}`);
}
