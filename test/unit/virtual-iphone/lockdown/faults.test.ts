import assert from 'node:assert/strict';
import type { PlistDict } from '../../../../src/plist/index.ts';
import { startVirtual, type HostileMood, type RunningVirtual, type VirtualOptions } from '../../../../src/virtual-iphone/index.ts';
import { fewFiles } from '../few-files.ts';
import { Inbox, lockdown, pairRequest, recordBytes, recordSeed, service, session } from '../host.ts';

describe('the virtual phone\'s lockdown in a mood', () => {
  const running: RunningVirtual[] = [];
  afterEach(async () => {
    for (const virtual of running.splice(0)) await virtual.close();
  });

  async function start(options: Partial<VirtualOptions> = {}, knowsHost = true): Promise<RunningVirtual> {
    const virtual = await startVirtual({ seed: recordSeed, content: fewFiles(), ...options });
    running.push(virtual);
    if (knowsHost) assert.equal(virtual.phone.trustRecord(recordBytes), true);
    return virtual;
  }

  it('breaks, resets, refuses or delays one request, once', async () => {
    const at = { name: 'lockdown.QueryType' };
    const virtual = await start({ moods: { faults: [{ kind: 'disconnect', at }, { kind: 'error', at, code: 0, text: 'Busy' }, { kind: 'silence', at, ms: 60 }] } });
    const first = await lockdown(virtual);
    await assert.rejects(first.ask({ Request: 'QueryType' }), /ended/);
    const second = await lockdown(virtual);
    assert.equal((await second.ask({ Request: 'QueryType' }))['Error'], 'Busy');
    const started = performance.now();
    assert.equal((await second.ask({ Request: 'QueryType' }))['Type'], 'com.apple.mobile.lockdown');
    assert.ok(performance.now() - started > 50);
  });

  it('acts on the n-th request, on what is asked for, and on one service', async () => {
    const virtual = await start({
      moods: {
        faults: [
          { kind: 'error', at: { name: 'lockdown.QueryType', message: 1 }, code: 0, text: 'Busy' },
          { kind: 'error', at: { name: 'lockdown.GetValue.ProductType' }, code: 0, text: 'Secret' },
          { kind: 'error', at: { name: 'lockdown.StartService.com.apple.afc' }, code: 0, text: 'PasswordProtected' },
          { kind: 'disconnect', at: { name: 'com.apple.afc' } },
        ],
      },
    });
    const host = await session(virtual);
    const errorOf = async (request: PlistDict): Promise<unknown> => (await host.ask(request))['Error'];
    const query = { Request: 'QueryType' };
    assert.deepEqual([await errorOf(query), await errorOf(query), await errorOf(query)], [undefined, 'Busy', undefined]);
    assert.equal(await errorOf({ Request: 'GetValue', Key: 'ProductVersion' }), undefined);
    assert.equal(await errorOf({ Request: 'GetValue', Key: 'ProductType' }), 'Secret');
    assert.equal(await errorOf({ Request: 'StartService', Service: 'com.apple.afc' }), 'PasswordProtected');
    const cut = await service(virtual, 'com.apple.afc');
    assert.equal((await new Inbox(cut).rest()).length, 0);
  });

  it('answers with malformed frames when it is hostile, once', async () => {
    const hostile = (form: HostileMood['form']): HostileMood => ({ message: 'lockdown.QueryType', path: '', form });
    const virtual = await start();
    for (const [form, first] of [['absurd-length', 0xff], ['deep-plist', 0], ['huge-plist', 0], ['wrong-count', 0], ['truncated-frame', 0]] as const) {
      virtual.phone.setMoods({ hostile: hostile(form) });
      const host = await lockdown(virtual);
      host.send({ Request: 'QueryType' });
      assert.equal((await host.inbox.take(4))[0], first, form);
      if (form === 'truncated-frame') assert.equal((await host.inbox.rest()).length, 3);
      host.close();
      assert.equal((await (await lockdown(virtual)).ask({ Request: 'QueryType' }))['Type'], 'com.apple.mobile.lockdown');
    }
  });

  it('gives no escrow bag when told not to', async () => {
    const virtual = await start({ moods: { noEscrowBag: true } }, false);
    const reply = await (await lockdown(virtual)).ask(pairRequest());
    assert.deepEqual([reply['Error'], reply['EscrowBag']], [undefined, undefined]);
  });

  it('resets a connection', async () => {
    const virtual = await start({ moods: { faults: [{ kind: 'reset', at: { name: 'lockdown.QueryType' } }] } });
    const host = await lockdown(virtual);
    const failed = new Promise<NodeJS.ErrnoException>((resolve) => {
      host.inbox.stream.once('error', resolve);
    });
    host.send({ Request: 'QueryType' });
    assert.equal((await failed).code, 'ECONNRESET');
  });

  it('adds keys that nobody knows', async () => {
    const reply = await (await lockdown(await start({ moods: { unknownKeys: true } }))).ask({ Request: 'QueryType' });
    assert.ok('UnknownFutureKey' in reply);
  });

  it('works through a slow link, which takes its time', async () => {
    const virtual = await start({ moods: { latency: 30, rate: 200_000 } });
    const started = performance.now();
    const host = await session(virtual);
    assert.equal((await host.ask({ Request: 'GetValue', Key: 'ProductType' }))['Value'], 'iPhone16,1');
    assert.ok(performance.now() - started > 100);
  });
});
