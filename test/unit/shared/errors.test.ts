import assert from 'node:assert/strict';
import { CancelledError, ConnectionError, DeviceError, HostError, errorFacts, errorFromFacts, hostError } from '../../../src/shared/errors.ts';
import { withDeadline } from '../../../src/shared/cancel.ts';

describe('errors', () => {
  it('survive a thread border with code, kind and the device\'s words', () => {
    const error = errorFromFacts(errorFacts(DeviceError.mobileBackup(105, 'Insufficient free disk space')));
    assert.ok(error instanceof DeviceError);
    assert.deepEqual([error.kind, error.code, error.deviceText], ['device', 'mb.105', 'Insufficient free disk space']);
  });

  it('name the host\'s reason by the errno', () => {
    const enospc = Object.assign(new Error('x'), { code: 'ENOSPC' });
    assert.deepEqual([hostError(enospc, '/disk/a').code, hostError(enospc, '/disk/a').subject], ['host.no-space', '/disk/a']);
    assert.equal(hostError(Object.assign(new Error('x'), { code: 'EIO' }), '/a').code, 'host.io');
    const own = new HostError('host.busy', 'Busy');
    assert.equal(hostError(own, '/a'), own);
  });

  it('call what is not ours a crash', () => {
    assert.deepEqual(errorFacts(new TypeError('x is undefined')).code, 'crash.internal');
  });
});

describe('deadline', () => {
  const never = () => new Promise<never>(() => undefined);
  const late = () => new ConnectionError('link.silent', 'No answer');

  it('gives the error of the one who waits', async () => {
    await assert.rejects(withDeadline(never(), 5, late), { code: 'link.silent' });
  });

  it('ends at once when cancelled, before and during the wait', async () => {
    const controller = new AbortController();
    const waiting = withDeadline(never(), 60_000, late, controller.signal);
    controller.abort();
    await assert.rejects(waiting, CancelledError);
    await assert.rejects(withDeadline(never(), 60_000, late, controller.signal), CancelledError);
  });

  it('passes results and failures on', async () => {
    assert.equal(await withDeadline(Promise.resolve(3), 1000, late), 3);
    await assert.rejects(withDeadline(Promise.reject(new Error('own')), 1000, late), /own/);
  });
});
