import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { askLine } from '../../../src/cli/question.ts';

describe('a question on the terminal', () => {
  const ask = (typed: string | undefined, signal = new AbortController().signal): Promise<string> => {
    const stdin = new PassThrough();
    const answer = askLine({ stdin, signal }, new PassThrough(), 'Well? ');
    if (typed === undefined) stdin.end();
    else stdin.write(typed);
    return answer;
  };

  it('is answered by a line', async () => {
    assert.equal(await ask('yes\n'), 'yes');
    assert.equal(await ask('\r'), '');
  });

  it('is cancelled by Ctrl-C, by Ctrl-D, by the end of the input and with the command', async () => {
    for (const typed of ['ye\x03', '\x04', undefined]) await assert.rejects(ask(typed), { kind: 'cancelled', code: 'cancelled.host' });
    const stop = new AbortController();
    const answer = ask('ye', stop.signal);
    stop.abort();
    await assert.rejects(answer, { code: 'cancelled.host' });
    await assert.rejects(ask('yes\n', AbortSignal.abort()), { code: 'cancelled.host' });
  });
});
