import type { EstimatePicture, FromEstimatePage, PictureRow, ToEstimatePage } from '../../src/shared/estimate-panel.ts';
import { treeOf } from '../../src/shared/row-tree.ts';
import type { Tree } from '../../src/shared/row-tree.ts';
import { Ticks } from '../../src/shared/ticks.ts';
import type { TickState } from '../../src/shared/ticks.ts';
import type { Words } from '../support/words.ts';
import type { Node } from './rows.ts';
import { viewAfter } from './view-state.ts';
import type { ViewState } from './view-state.ts';

export interface EstimateProtocol {
  readonly out: FromEstimatePage;
  readonly in: ToEstimatePage;
}

/** What the parts of the page share. */
export interface PageContext {
  readonly words: Words;
  readonly store: Store;
  readonly post: (message: FromEstimatePage) => void;
  /** Tells a screen reader. */
  readonly say: (text: string) => void;
}

/** The picture and how it is looked at; a change of either is drawn once in the next frame. */
export class Store {
  readonly #draws: (() => void)[] = [];
  readonly #onChange: (store: Store) => void;
  #picture: EstimatePicture;
  #tree: Tree<PictureRow>;
  #view: ViewState;
  #ticks: Ticks;
  #isWaiting = false;
  #version = 0;

  constructor(picture: EstimatePicture, view: ViewState, onChange: (store: Store) => void) {
    this.#picture = picture;
    this.#tree = treeOf(picture.rows);
    this.#view = viewAfter(view, picture.choice);
    this.#ticks = new Ticks(this.#tree, this.#view.ticks);
    this.#onChange = onChange;
  }

  /** Changes with everything that a row shows. */
  get version(): number {
    return this.#version;
  }

  get picture(): EstimatePicture {
    return this.#picture;
  }

  set picture(picture: EstimatePicture) {
    this.#picture = picture;
    this.#tree = treeOf(picture.rows);
    this.#view = viewAfter(this.#view, picture.choice);
    this.#ticks = new Ticks(this.#tree, this.#view.ticks);
    this.#changed();
  }

  get tree(): Tree<PictureRow> {
    return this.#tree;
  }

  get ticks(): Ticks {
    return this.#ticks;
  }

  get view(): ViewState {
    return this.#view;
  }

  /** The row that is shown from the inside, where it is still there. */
  get drilled(): Node | undefined {
    return this.#view.drilled === undefined ? undefined : this.#tree.byId.get(this.#view.drilled);
  }

  change(parts: Partial<ViewState>): void {
    this.#view = { ...this.#view, ...parts };
    if (parts.ticks) this.#ticks = new Ticks(this.#tree, parts.ticks);
    this.#changed();
  }

  setTicks(ticks: TickState): void {
    this.change({ ticks });
  }

  onDraw(draw: () => void): void {
    this.#draws.push(draw);
  }

  /** Draws in the next frame. */
  redraw(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => {
      this.#isWaiting = false;
      for (const draw of this.#draws) draw();
    });
  }

  #changed(): void {
    this.#version++;
    this.#onChange(this);
    this.redraw();
  }
}

/** Bytes of the ticked rows, as far as the lines of the estimate tell. A line without a box counts with what stands above it. */
export function tickedSize({ tree, ticks }: Pick<Store, 'tree' | 'ticks'>): number {
  const sum = (nodes: readonly Node[], inherited: boolean): number =>
    nodes.reduce((bytes, node) => {
      const tick = ticks.tick(node.row.id);
      const isTaken = tick === 'none' ? inherited : tick === 'yes';
      if (tick !== 'mixed') return bytes + (isTaken ? node.row.size.likely : 0);
      return bytes + sum(node.children, false);
    }, 0);
  return sum(tree.roots, ticks.tick() !== 'no' && ticks.state.all);
}
