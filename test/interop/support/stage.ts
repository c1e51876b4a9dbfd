import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type EngineParts } from '../../../src/jobs/engine.ts';
import type { Engine, JobRun } from '../../../src/jobs/api.ts';
import type { JobEvent } from '../../../src/shared/job-events.ts';
import { createContent, type GeneratedSpec } from '../../../src/virtual-iphone/content/index.ts';
import { startVirtual, type RunningVirtual, type VirtualOptions } from '../../../src/virtual-iphone/index.ts';
import { mobileBackup2Service } from '../../../src/virtual-iphone/mobilebackup2/index.ts';

export const clock = new Date('2026-11-22T10:00:00Z');

export interface StagedPhone extends RunningVirtual {
  readonly udid: string;
}

/** One test's world: virtual phones, libraries and folders, all gone after `close`. */
export class Stage {
  readonly #closers: (() => Promise<unknown>)[] = [];
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(parent = tmpdir()): Promise<Stage> {
    return new Stage(await mkdtemp(join(parent, 'stage-')));
  }

  async phone(options: Partial<VirtualOptions> & { readonly spec?: GeneratedSpec } = {}): Promise<StagedPhone> {
    const { spec = { kind: 'tiny' }, ...rest } = options;
    const seed = rest.seed ?? 7;
    const content = createContent(spec, { seed, ios: '18.5', productType: 'iPhone16,1', language: 'en', clock });
    const virtual = await startVirtual({
      seed, content, clock, ios: '18.5', allowTls13: true, iterations: { sha256: 1000, sha1: 100 }, services: [mobileBackup2Service], ...rest,
    });
    this.#closers.push(() => virtual.close());
    return { ...virtual, udid: virtual.phone.identity.udid };
  }

  engine(phone: StagedPhone, library = 'library', parts?: EngineParts): Engine {
    const engine = createEngine({ library: join(this.folder, library), muxer: phone.address }, parts);
    this.#closers.push(() => engine.close());
    return engine;
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  async close(): Promise<void> {
    for (const close of this.#closers.toReversed()) await close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A run nobody cancels; keeps what it is told. */
export function run(signal = new AbortController().signal): JobRun & { readonly events: JobEvent[] } {
  const events: JobEvent[] = [];
  return { signal, listener: (event) => events.push(event), events };
}
