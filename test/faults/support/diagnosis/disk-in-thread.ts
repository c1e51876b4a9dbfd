import { NodeFileSystem, type FileSystem } from '../../../../src/library/index.ts';

/** Hears each asynchronous operation before it begins; may delay it or reject in its place. */
export type BeforeOperation = (operation: string, args: readonly unknown[]) => Promise<void>;

/** The real disk, with bulk work in this thread: a test that makes a hundred libraries has no time for threads of their own. */
export function diskInThread(before: BeforeOperation = () => Promise.resolve()): FileSystem {
  const disk = Object.assign(new NodeFileSystem(), { sync: () => Promise.resolve() });
  return new Proxy<FileSystem>(disk, {
    get: (target, name) => {
      if (name === 'isNative') return false;
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        await before(name, args);
        const result: unknown = await value.apply(target, args);
        return name === 'open' ? handleOf(result as object, before) : result;
      };
    },
  });
}

function handleOf(handle: object, before: BeforeOperation): object {
  return new Proxy(handle, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        await before(name, args);
        return (await value.apply(target, args)) as unknown;
      };
    },
  });
}
