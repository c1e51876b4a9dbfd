const hour = 3600;
/** Each step doubles: one hour up to some eleven years. */
const steps = 18;

/** How many bytes are how old: what changed within the last hour, two hours, four hours, and so on. */
export class AgeCurve {
  readonly #bytes = new Float64Array(steps);

  /** `age` in seconds; what lies in the future is new. */
  add(age: number, bytes: number): void {
    const step = age <= hour ? 0 : Math.ceil(Math.log2(age / hour));
    if (step < steps) this.#bytes[step] = (this.#bytes[step] ?? 0) + bytes;
  }

  /** Bytes not older than `age` seconds; within a step in proportion. */
  within(age: number): number {
    let [total, from] = [0, 0];
    for (let step = 0; step < steps; step++) {
      const to = hour * 2 ** step;
      const share = Math.min(1, Math.max(0, (age - from) / (to - from)));
      if (share === 0) break;
      total += (this.#bytes[step] ?? 0) * share;
      from = to;
    }
    return total;
  }
}
