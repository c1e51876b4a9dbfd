import assert from 'node:assert/strict';
import type { LogOutputChannel } from 'vscode';
import { DataError } from '../../../src/shared/errors.ts';
import { Log } from '../../../src/vscode/log.ts';
import { Redactor } from '../../../src/vscode/presenters/redaction.ts';

/** A log and the lines that reach its channel. */
function openLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const take = (text: string): number => lines.push(text);
  return { log: new Log({ info: take, error: take } as unknown as LogOutputChannel, new Redactor('/home/anna')), lines };
}

describe('the log of the extension', () => {
  it('tells that a choice was doubted, and nothing of what somebody chose', () => {
    const { log, lines } = openLog();
    log.event('backup', { type: 'notice', notice: { code: 'selection-unsure', terms: ['org.private.diary', 'path:Secret/**'] } });
    log.error('Backup', new DataError('data.selection-void', 'Nothing is left', { subject: 'org.private.diary' }));
    log.event('backup', { type: 'notice', notice: { code: 'resumed', bytesKept: 5, filesKept: 2 } });
    assert.deepEqual(lines, ['backup: selection-unsure, 2 terms', 'Backup: data.selection-void: Nothing is left', 'backup: {"code":"resumed","bytesKept":5,"filesKept":2}']);
  });
});
