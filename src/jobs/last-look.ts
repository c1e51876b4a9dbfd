/** What a look into a backup found. */
export interface BackupContent {
  /** Whether the password opens it; `undefined` when that was not tried. */
  readonly opens: boolean | undefined;
  readonly isReadable: boolean;
  /** Files that the manifest names and the folder lacks. */
  readonly missing: number;
}

interface Look {
  readonly path: string;
  readonly password: string | undefined;
  readonly time: number;
  readonly content: BackupContent;
}

/** Long enough to read the findings and decide. */
const lifetimeMs = 5 * 60_000;

/**
 * The last look into a backup that found it whole, for the restore that follows its preflight: opening a large backup and
 * looking for each of its files takes a minute or more, and would be done twice.
 */
export class LastLook {
  readonly #now: () => number;
  #last: Look | undefined;

  /** `now` answers milliseconds of a clock that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  async into(path: string, password: string | undefined, look: () => Promise<BackupContent>): Promise<BackupContent> {
    const last = this.#last;
    if (last?.path === path && last.password === password && this.#now() - last.time < lifetimeMs) return last.content;
    const content = await look();
    const isWhole = content.isReadable && content.missing === 0 && content.opens !== false;
    this.#last = isWhole ? { path, password, time: this.#now(), content } : undefined;
    return content;
  }

  /** The next look is a new one. */
  forget(): void {
    this.#last = undefined;
  }
}
