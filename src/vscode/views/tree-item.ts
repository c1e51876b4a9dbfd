import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Row, TooltipLine } from '../presenters/row.ts';

const folds = {
  none: TreeItemCollapsibleState.None,
  closed: TreeItemCollapsibleState.Collapsed,
  open: TreeItemCollapsibleState.Expanded,
} as const;

export function treeItem(row: Row): TreeItem {
  const item = new TreeItem(row.label, folds[row.fold]);
  item.id = row.id;
  item.description = row.description;
  item.iconPath = new ThemeIcon(row.icon.id, row.icon.color === undefined ? undefined : new ThemeColor(row.icon.color));
  item.contextValue = row.context;
  item.tooltip = tooltip(row.tooltip);
  item.accessibilityInformation = { label: row.spoken };
  return item;
}

/** Lines as text: `appendText` escapes all markup, and the string is never trusted. */
export function tooltip(lines: readonly TooltipLine[]): MarkdownString {
  const markdown = new MarkdownString();
  for (const [index, { name, value }] of lines.entries()) {
    if (index > 0) markdown.appendMarkdown('  \n');
    markdown.appendMarkdown('**').appendText(name).appendMarkdown('**');
    if (value !== '') markdown.appendText(` ${value}`);
  }
  return markdown;
}
