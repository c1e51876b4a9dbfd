/** What a request that went well adds to its verdict. */
export interface Answer {
  /** Text for the person at the host. */
  readonly content?: string | undefined;
  /** Happens when the verdict has been sent. */
  readonly afterwards?: (() => void) | undefined;
  /** Happens when the host has said goodbye or is gone, at the latest some seconds after it got the verdict. */
  readonly atTheEnd?: (() => void) | undefined;
}
