import { parseDomain } from '../format/domain.ts';
import type { AppDomains } from '../shared/selection.ts';

/** A team's id before the name of a group, and the words that groups begin with. */
const groupPrefix = /^(?:[A-Z0-9]{10}\.)?(?:groups?\.)?/;

/**
 * Which app a container domain belongs to. `AppDomain-ID` says it; a group or extension belongs to the apps that claim it;
 * where none does, its name is a guess: the longest bundle id that it is or begins with.
 */
export class AppIndex {
  readonly #ids = new Set<string>();
  readonly #groups = new Map<string, string[]>();
  readonly #plugins = new Map<string, string[]>();

  /** `extraIds`: apps of which only the bundle id is known. */
  constructor(apps: readonly AppDomains[], extraIds: Iterable<string> = []) {
    for (const { bundleId, groups, plugins } of apps) {
      this.#ids.add(bundleId);
      for (const group of groups) claim(this.#groups, group, bundleId);
      for (const plugin of plugins) claim(this.#plugins, plugin, bundleId);
    }
    for (const id of extraIds) this.#ids.add(id);
  }

  /** Bundle ids; several where apps share a group, none for what belongs to no app that is known. */
  owners(domain: string): readonly string[] {
    const { kind, id } = parseDomain(domain);
    if (id === undefined) return [];
    if (kind === 'AppDomain' || kind === 'AppDomainPlaceholder') return [id];
    if (kind === 'AppDomainPlugin') return this.#plugins.get(id) ?? this.#guess(id);
    if (kind === 'AppDomainGroup') return this.#groups.get(id) ?? this.#guess(id.replace(groupPrefix, ''));
    return [];
  }

  #guess(name: string): readonly string[] {
    for (let rest = name; rest !== ''; rest = rest.slice(0, Math.max(0, rest.lastIndexOf('.')))) {
      if (this.#ids.has(rest)) return [rest];
    }
    return [];
  }
}

function claim(owners: Map<string, string[]>, name: string, bundleId: string): void {
  const known = owners.get(name);
  if (known) known.push(bundleId);
  else owners.set(name, [bundleId]);
}
