/*
 * Elements by function call. Texts become text nodes and nothing else: whatever a device, a backup or a file name says is
 * shown as it is written.
 */

type Child = Node | string | false | undefined;

export interface Traits {
  readonly class?: string | undefined;
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly role?: string | undefined;
  /** Attributes by name, `aria-…` and the like; `undefined` leaves one out. */
  readonly attributes?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  readonly on?: Readonly<Record<string, (event: never) => void>> | undefined;
}

export function element<K extends keyof HTMLElementTagNameMap>(tag: K, traits: Traits = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  const { on = {}, attributes = {}, ...plain } = traits;
  setAttributes(made, { ...plain, ...attributes });
  for (const [name, listener] of Object.entries(on)) made.addEventListener(name, listener as EventListener);
  made.append(...children.filter((child) => child !== false && child !== undefined));
  return made;
}

/** Sets what changed only, so that a screen reader is not told the same twice. */
export function setAttributes(target: Element, attributes: Readonly<Record<string, string | number | boolean | undefined>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) target.removeAttribute(name);
    else if (target.getAttribute(name) !== String(value)) target.setAttribute(name, String(value));
  }
}

export function setText(target: Node, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** A drawing of 16 by 16 that takes the colour of the text around it; screen readers pass over it. */
export function icon(path: string, className = ''): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  setAttributes(svg, { viewBox: '0 0 16 16', class: `icon ${className}`.trim(), 'aria-hidden': 'true', focusable: 'false' });
  const shape = document.createElementNS(svgNamespace, 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}
