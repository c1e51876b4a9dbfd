import type { EstimatePicture, PictureRow } from '../../shared/estimate-panel.ts';
import { treeOf } from '../../shared/row-tree.ts';
import type { TreeNode } from '../../shared/row-tree.ts';
import { dateText } from './dates.ts';
import { sizeText } from './figures.ts';
import type { Wording } from './wording.ts';

type Node = TreeNode<PictureRow>;

/** The estimate as a Markdown table, parts indented below what they are parts of. */
export function estimateMarkdown(picture: EstimatePicture, w: Wording): string {
  const { t } = w;
  const size = (bytes: number | undefined): string => (bytes === undefined ? '' : sizeText(bytes, w));
  const head = [t('What'), t('Size'), t('At least'), t('At most'), t('Last backup')];
  const body = linesOf(picture).map(({ row, depth }) => {
    const name = `${'&nbsp;&nbsp;&nbsp;'.repeat(depth)}${markdownText(row.name)}`;
    return [name, size(row.size.likely), size(row.size.low), size(row.size.high), size(row.before)];
  });
  const total = picture.total && [`**${t('Total')}**`, `**${size(picture.total.likely)}**`, size(picture.total.low), size(picture.total.high), size(picture.last?.size)];
  const lines = [head, ['---', '---:', '---:', '---:', '---:'], ...body, ...(total ? [total] : [])];
  const title = t('Estimate of {device}, {date}', { device: markdownText(picture.device), date: dateText(new Date(picture.at), w) });
  return [`# ${title}`, '', ...lines.map((cells) => `| ${cells.join(' | ')} |`), ''].join('\n');
}

/** The estimate as CSV (RFC 4180) with bytes as plain numbers; the names of the columns are the same in each language. */
export function estimateCsv({ rows, ...picture }: EstimatePicture): string {
  const head = ['id', 'parent', 'kind', 'name', 'bytes', 'bytes_low', 'bytes_high', 'files', 'bytes_last_backup', 'source', 'encryption'];
  const body = linesOf({ ...picture, rows }).map(({ row }) => [
    row.id, row.parent ?? '', row.kind, row.name, row.size.likely, row.size.low, row.size.high, row.files ?? '', row.before ?? '', row.source, row.encryption,
  ]);
  return [head, ...body].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

function linesOf({ rows }: EstimatePicture): Node[] {
  const below = (nodes: readonly Node[]): Node[] => nodes.flatMap((node) => [node, ...below(node.children)]);
  return below(treeOf(rows).roots);
}

/** Spreadsheets run what begins like this as a formula. */
const formula = /^[=+\-@\t\r]/;

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A name in a table: nothing in it is markup. */
function markdownText(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|~<>&]/g, (sign) => `\\${sign}`);
}
