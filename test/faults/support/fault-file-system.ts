import { writeSync } from 'node:fs';
import { NodeFileSystem, type FileSystem } from '../../../src/library/index.ts';

/** One call of the port, counted from 1 over its blocking and its asynchronous side. */
export interface Operation {
  readonly number: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

export interface FaultHooks {
  /** May throw in place of the operation. */
  readonly before?: (operation: Operation) => void;
  readonly after?: (operation: Operation, result: unknown) => void;
}

/**
 * The real disk behind the library's port, with a hook before and after each operation, those of opened files included
 * (`file.read` and so on). Bulk work runs in the same thread.
 * `sync` and `syncFolder` do nothing: what is on the disk is the model's business.
 */
export class FaultFileSystem {
  readonly #hooks: FaultHooks;
  readonly fs: FileSystem;
  count = 0;

  constructor(hooks: FaultHooks) {
    const node = new NodeFileSystem();
    this.#hooks = hooks;
    const blocking = this.#wrap(node.blocking, false);
    const outer = this.#wrap(Object.assign(node, { sync: async () => {}, syncFolder: async () => {} }), true);
    this.fs = new Proxy<FileSystem>(outer, {
      get: (target, name) => (name === 'blocking' ? blocking : name === 'isNative' ? false : Reflect.get(target, name)),
    });
  }

  #wrap<T extends object>(target: T, isAsync: boolean, prefix = ''): T {
    return new Proxy(target, {
      get: (_, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function' || typeof name !== 'string') return method;
        const call = (args: readonly unknown[]) => (): unknown => method.apply(target, args);
        // A method of the asynchronous side must reject, never throw.
        if (isAsync) return async (...args: unknown[]) => this.#opened(name, await this.#run(prefix + name, args, call(args)));
        return (...args: unknown[]) => this.#run(prefix + name, args, call(args));
      },
    });
  }

  #opened(name: string, result: unknown): unknown {
    return name === 'open' && typeof result === 'object' && result !== null ? this.#wrap(result, true, 'file.') : result;
  }

  /** A close that fails closes all the same, as systems do. */
  #before(operation: Operation, work: () => unknown): void {
    try {
      this.#hooks.before?.(operation);
    } catch (error) {
      const closed = /^(?:file\.)?close$/.test(operation.name) ? work() : undefined;
      if (closed instanceof Promise) closed.catch(() => {});
      throw error;
    }
  }

  #run(name: string, args: readonly unknown[], work: () => unknown): unknown {
    const operation = { number: ++this.count, name, args };
    this.#before(operation, work);
    const result = work();
    if (result instanceof Promise) {
      return result.then((value: unknown) => {
        this.#hooks.after?.(operation, value);
        return value;
      });
    }
    this.#hooks.after?.(operation, result);
    return result;
  }
}

export type Fault = 'ENOSPC' | 'EIO' | 'EACCES' | 'short write';

/** Fails the k-th operation and no other. A short write leaves half of the bytes behind. */
export function failAt(k: number, fault: Fault): FaultHooks {
  return {
    before: ({ number, name, args }) => {
      if (number !== k) return;
      if (fault === 'short write' && name === 'write' && typeof args[0] === 'number') {
        const bytes = args[1] as Uint8Array;
        writeSync(args[0], bytes.subarray(0, bytes.length >> 1));
      }
      throw errnoError(fault === 'short write' ? 'ENOSPC' : fault, name);
    },
  };
}

export const errnoError = (code: string, syscall: string): Error => Object.assign(new Error(`${code}: injected, ${syscall}`), { code, syscall });
