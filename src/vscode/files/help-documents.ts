import { Uri, commands } from 'vscode';
import type { TextDocumentContentProvider } from 'vscode';
import { t, wording } from '../wording.ts';

export const helpScheme = 'iphone-backup-help';

/** Pages on why backups fail, made from the knowledge when they are opened; no network is needed. */
export class HelpDocuments implements TextDocumentContentProvider {
  async provideTextDocumentContent({ query: title }: Uri): Promise<string> {
    const { whyPages } = await import('../../diagnosis/why-pages.ts');
    const pages = whyPages({ translate: t, locale: wording().locale });
    const page = pages.find((each) => each.title === title);
    return page?.markdown ?? pages.map(({ markdown }) => markdown).join('\n');
  }
}

/** Opens the page of a topic, or all of them when it is empty. */
export async function showHelp(topic: string): Promise<void> {
  const name = topic === '' ? t('Why Do Backups Fail?') : t(topic);
  const address = Uri.from({ scheme: helpScheme, path: `/${name}.md`, query: topic === '' ? '' : name });
  await commands.executeCommand('markdown.showPreview', address);
}
