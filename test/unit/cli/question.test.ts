import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { askLine } from '../../../src/cli/question.ts';
import { SecretReader } from '../../../src/cli/secrets.ts';

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

describe('passwords on standard input', () => {
  const reader = (stdin: PassThrough, signal = new AbortController().signal): SecretReader =>
    new SecretReader({ stdin, signal, stdout: new PassThrough(), stderr: new PassThrough(), env: {} });

  it('are its lines, in the order in which they are asked for', async () => {
    const stdin = new PassThrough();
    const secrets = reader(stdin);
    stdin.end('old one\nnew one\n');
    assert.deepEqual([await secrets.read('Old'), await secrets.read('New')], ['old one', 'new one']);
    await assert.rejects(secrets.read('Third'), { name: 'UsageError' });
  });

  it('are waited for until the command is stopped', async () => {
    const stop = new AbortController();
    const secret = reader(new PassThrough(), stop.signal).read('Password');
    stop.abort();
    await assert.rejects(secret, { kind: 'cancelled', code: 'cancelled.host' });
  });
});
