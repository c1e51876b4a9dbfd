import { Uri, commands } from 'vscode';
import type { TextDocumentContentProvider } from 'vscode';
import { t, wording } from '../wording.ts';

export const helpScheme = 'iphone-backup-help';

/** Pages on why backups fail, made from the knowledge when they are opened; no network is needed. */
export class HelpDocuments implements TextDocumentContentProvider {
  async provideTextDocumentContent({ query: row }: Uri): Promise<string> {
    const { whyPageAt, whyPages } = await import('../../diagnosis/why-pages.ts');
    const context = { translate: t, locale: wording().locale };
    return whyPageAt(row, context)?.markdown ?? whyPages(context).map(({ markdown }) => markdown).join('\n');
  }
}

/** Opens what is known of a row, with its topic below; everything on one page without a row. */
export async function showHelp(row?: string): Promise<void> {
  const { knowledgeRow } = await import('../../diagnosis/knowledge/knowledge.ts');
  const known = row === undefined ? undefined : knowledgeRow(row);
  const name = known ? t(known.short === '' ? known.topic : known.short) : t('Why Do Backups Fail?');
  const address = Uri.from({ scheme: helpScheme, path: `/${name.replaceAll('/', ' ')}.md`, query: known?.id ?? '' });
  await commands.executeCommand('markdown.showPreview', address);
}
