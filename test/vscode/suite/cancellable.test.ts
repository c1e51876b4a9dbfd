import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { commands } from 'vscode';
import { CancelledError } from '../../../src/shared/errors.ts';
import { cancellable } from '../../../src/vscode/flows/cancellable.ts';

describe('work before a question', () => {
  it('gives what it finds, or why it failed', async () => {
    assert.equal(await cancellable('Looking', () => Promise.resolve(7)), 7);
    await assert.rejects(cancellable('Looking', () => Promise.reject(new TypeError('no'))), TypeError);
    assert.equal(await cancellable('Looking for long', () => delay(1_500, 8)), 8);
  });

  it('ends at the Cancel of its notification, and is told to', async function () {
    this.timeout(60_000);
    let stopped: AbortSignal | undefined;
    let isOver = false;
    const work = cancellable('Looking for ever', (signal) => {
      stopped = signal;
      return new Promise<never>(() => undefined);
    }).finally(() => (isOver = true));
    const refused = assert.rejects(work, CancelledError);
    while (!isOver) {
      await commands.executeCommand('notification.acceptPrimaryAction');
      await delay(100);
    }
    await refused;
    assert.equal(stopped?.aborted, true);
  });
});
