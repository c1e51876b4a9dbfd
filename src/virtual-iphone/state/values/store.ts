import type { PlistValue } from '../../../plist/index.ts';
import { domains } from './domains.ts';
import type { DomainValues, ValueSource } from './source.ts';

/** Lockdown values: computed from the phone's state, with what was set on top. */
export class ValueStore {
  readonly #source: () => ValueSource;
  readonly #set = new Map<string, Map<string, PlistValue>>();

  constructor(source: () => ValueSource) {
    this.#source = source;
  }

  get(domain: string, key: string): PlistValue | undefined {
    return this.#set.get(domain)?.get(key) ?? this.#computed(domain)[key];
  }

  /** A value as it was set, without the computed one. */
  override(domain: string, key: string): PlistValue | undefined {
    return this.#set.get(domain)?.get(key);
  }

  /** All present values of a domain, keys sorted; empty for an unknown one. */
  domain(domain: string): ReadonlyMap<string, PlistValue> {
    const all = new Map<string, PlistValue>();
    for (const [key, value] of Object.entries(this.#computed(domain))) if (value !== undefined) all.set(key, value);
    for (const [key, value] of this.#set.get(domain) ?? []) all.set(key, value);
    return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** `undefined` takes the set value back, so that the computed one shows again. */
  set(domain: string, key: string, value: PlistValue | undefined): void {
    const values = this.#set.get(domain) ?? new Map<string, PlistValue>();
    if (value === undefined) values.delete(key);
    else values.set(key, value);
    this.#set.set(domain, values);
  }

  #computed(domain: string): DomainValues {
    return Object.hasOwn(domains, domain) ? (domains[domain]?.(this.#source()) ?? {}) : {};
  }
}
