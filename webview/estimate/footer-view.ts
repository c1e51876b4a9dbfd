import { element, setText } from '../support/dom.ts';
import { tickedSize } from './store.ts';
import type { PageContext } from './store.ts';

/** What the ticks come to, and what to do with them; always in sight. */
export function footerView({ store, words, post }: PageContext): HTMLElement {
  const { t } = words;
  const told = element('p', { class: 'told', attributes: { 'aria-live': 'polite' } });
  const hint = element('span', { class: 'quiet hint' }, t('The phone still sends everything: a choice saves disk afterwards, hardly time.'));
  const backUp = element('button', { class: 'primary', on: { click: () => post({ type: 'back-up', ticks: store.ticks.state }) } });
  const save = element('button', { on: { click: () => post({ type: 'save-plan', ticks: store.ticks.state }) } }, t('Save as Plan'));
  store.onDraw(() => {
    const tick = store.ticks.tick();
    const isAll = tick === 'yes' || tick === 'none';
    const all = store.picture.total?.likely ?? 0;
    const ticked = isAll ? all : tickedSize(store);
    setText(told, isAll ? t('Everything is ticked: {size}', { size: words.size(all) }) : t('{ticked} of {all} ticked', { ticked: words.size(ticked), all: words.size(all) }));
    hint.hidden = isAll;
    setText(backUp, isAll ? t('Back Up Everything') : t('Back Up Selection'));
    const { plan, isRunning } = store.picture;
    // Rows that are still to come may be meant too.
    const isUnsettled = isRunning && store.ticks.state.rows.length > 0;
    const isNothing = tick === 'no' && !store.ticks.state.all;
    backUp.disabled = isNothing || isUnsettled;
    save.title = plan ? t('Writes the ticks into {name}', { name: plan.name }) : '';
    save.disabled = isNothing || isUnsettled || store.picture.rows.length === 0;
  });
  return element('footer', { class: 'footer' }, element('div', { class: 'sum' }, told, hint), element('div', { class: 'actions' }, save, backUp));
}
