import { element, icon, setText } from '../support/dom.ts';
import { icons, type PageContext, type View } from './page.ts';

/** The answer in one line, and what can be done with the page. */
export function headerView({ words: { t }, post }: PageContext): View {
  const title = element('p', { class: 'quiet' });
  const headline = element('h1');
  const sign = element('span', { class: 'sign' });
  const occasion = element('p', { class: 'quiet' });
  const failure = element('p', { class: 'failure', role: 'alert' });
  let isRunning = false;
  const refresh = element('button', { on: { click: () => post({ type: isRunning ? 'stop' : 'refresh' }) } });
  const buttons = [
    element('button', { on: { click: () => post({ type: 'copy' }) } }, t('Copy as Markdown')),
    element('button', { on: { click: () => post({ type: 'save-bundle' }) } }, t('Save Support Bundle…')),
    element('button', { on: { click: () => post({ type: 'explain' }) } }, t('Why Do Backups Fail?')),
  ];
  const actions = element('div', { class: 'actions' }, refresh, ...buttons);
  const root = element('header', {}, title, element('div', { class: 'headline' }, sign, headline), occasion, failure, actions);
  return {
    root,
    draw(picture) {
      isRunning = picture.isRunning;
      root.className = picture.mood;
      setText(title, picture.title);
      setText(headline, picture.headline);
      setText(occasion, picture.occasion);
      setText(failure, picture.failure);
      setText(refresh, isRunning ? t('Stop') : t('Check Again'));
      failure.hidden = picture.failure === '';
      sign.replaceChildren(icon(icons[picture.mood]));
    },
  };
}
