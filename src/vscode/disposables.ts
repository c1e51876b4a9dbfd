import type { Disposable } from 'vscode';

/** Owns what it is given: disposes all of it in reverse order, and late additions at once. */
export class Disposables implements Disposable {
  readonly #owned: Disposable[] = [];
  #isDisposed = false;

  own<T extends Disposable>(item: T): T {
    if (this.#isDisposed) item.dispose();
    else this.#owned.push(item);
    return item;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const item of this.#owned.splice(0).reverse()) item.dispose();
  }
}

/** Holds the current one of a kind; setting another disposes the one before. */
export class CurrentDisposable implements Disposable {
  #current: Disposable | undefined;

  set(item: Disposable | undefined): void {
    this.#current?.dispose();
    this.#current = item;
  }

  dispose(): void {
    this.set(undefined);
  }
}
