import { element, icon, setText } from '../support/dom.ts';
import { icons, type PageContext, type View } from './page.ts';

/** The answer in one line, and what can be done with the page. */
export function headerView({ words: { t }, post }: PageContext): View {
  const title = element('p', { class: 'quiet' });
  const headline = element('h1');
  const sign = element('span', { class: 'sign' });
  const failure = element('p', { class: 'failure', role: 'alert' });
  let isRunning = false;
  const backUp = element('button', { class: 'primary', on: { click: () => post({ type: 'back-up' }) } }, t('Back Up Now'));
  const refresh = element('button', { on: { click: () => post({ type: isRunning ? 'stop' : 'refresh' }) } });
  const buttons = [
    element('button', { on: { click: () => post({ type: 'copy' }) } }, t('Copy as Markdown')),
    element('button', { on: { click: () => post({ type: 'save-bundle' }) } }, t('Save Support Bundle…')),
    element('button', { on: { click: () => post({ type: 'explain' }) } }, t('Why Do Backups Fail?')),
  ];
  const actions = element('div', { class: 'actions' }, backUp, refresh, ...buttons);
  const root = element('header', {}, title, element('div', { class: 'headline' }, sign, headline), failure, actions);
  let mood = '';
  return {
    root,
    draw(picture) {
      isRunning = picture.isRunning;
      setText(title, [picture.title, picture.occasion].filter((text) => text !== '').join(' · '));
      setText(headline, picture.headline);
      setText(failure, picture.failure);
      setText(refresh, isRunning ? t('Stop') : t('Check Again'));
      failure.hidden = picture.failure === '';
      backUp.hidden = !picture.canBackUp;
      const now = isRunning ? 'looking' : picture.mood;
      // The same drawing again would begin its turn anew.
      if (now === mood) return;
      mood = now;
      root.className = mood;
      sign.replaceChildren(icon(icons[now]));
    },
  };
}
