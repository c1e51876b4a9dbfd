import assert from 'node:assert/strict';
import { writeBinaryPlist, type PlistDict } from '../../../../src/plist/index.ts';
import { startVirtual, type RunningVirtual, type VirtualOptions } from '../../../../src/virtual-iphone/index.ts';
import { app, fewFiles } from '../few-files.ts';
import { PlistHost, recordSeed, service, textOf } from '../host.ts';

describe('services of the virtual phone', () => {
  const running: RunningVirtual[] = [];
  afterEach(async () => {
    for (const virtual of running.splice(0)) await virtual.close();
  });

  async function start(options: Partial<VirtualOptions> = {}): Promise<RunningVirtual> {
    const virtual = await startVirtual({ seed: recordSeed, content: fewFiles(), ...options });
    running.push(virtual);
    return virtual;
  }

  const open = async (virtual: RunningVirtual, name: string): Promise<PlistHost> => new PlistHost(await service(virtual, name));

  describe('notification_proxy', () => {
    const name = 'com.apple.mobile.notification_proxy';

    it('relays what is observed and nothing else', async () => {
      const virtual = await start();
      const host = await open(virtual, name);
      host.send({ Command: 'ObserveNotification', Name: 'b' });
      // What the host posts comes back as well: the reply shows that the phone has read both.
      host.send({ Command: 'PostNotification', Name: 'b' });
      assert.deepEqual({ ...(await host.receive()) }, { Command: 'RelayNotification', Name: 'b' });
      virtual.phone.notify('a');
      virtual.phone.notify('b');
      assert.equal((await host.receive())['Name'], 'b');
    });

    it('dies at once when told to', async () => {
      const host = await open(await start(), name);
      assert.deepEqual({ ...(await host.ask({ Command: 'Shutdown' })) }, { Command: 'ProxyDeath' });
      assert.equal((await host.inbox.rest()).length, 0);
    });

    it('does not die when it is told to be silent', async () => {
      const host = await open(await start({ moods: { silentProxy: true } }), name);
      host.send({ Command: 'ObserveNotification', Name: 'b' });
      host.send({ Command: 'Shutdown' });
      host.send({ Command: 'PostNotification', Name: 'b' });
      assert.equal((await host.receive())['Command'], 'RelayNotification');
    });

    it('tells of the passcode prompt', async () => {
      const virtual = await start({ moods: { passcode: 'answered', passcodeDelay: 5, locked: true } });
      const host = await open(virtual, name);
      for (const each of ['presented', 'dismissed']) host.send({ Command: 'ObserveNotification', Name: `com.apple.LocalAuthentication.ui.${each}` });
      host.send({ Command: 'ObserveNotification', Name: 'ready' });
      host.send({ Command: 'PostNotification', Name: 'ready' });
      await host.receive();
      assert.equal(await virtual.phone.askPasscode(new AbortController().signal), true);
      assert.match(textOf((await host.receive())['Name']), /presented$/);
      assert.match(textOf((await host.receive())['Name']), /dismissed$/);
      assert.equal(virtual.phone.moods.locked, false);
    });
  });

  describe('installation_proxy', () => {
    const name = 'com.apple.mobile.installation_proxy';
    const apps = [...Array.from({ length: 45 }, (_, index) => app(`com.example.app${index}`)), app('com.apple.system', { type: 'System', sinf: undefined })];

    it('browses in partial lists and ends with Complete', async () => {
      const host = await open(await start({ content: fewFiles(apps) }), name);
      host.send({ Command: 'Browse', ClientOptions: { ApplicationType: 'User', ReturnAttributes: ['CFBundleIdentifier', 'ApplicationSINF'] } });
      const lists: PlistDict[] = [];
      for (let reply = await host.receive(); reply['Status'] !== 'Complete'; reply = await host.receive()) lists.push(reply);
      assert.deepEqual(lists.map((list) => [list['Total'], list['CurrentIndex'], list['CurrentAmount']]), [[45, 0, 20], [45, 20, 20], [45, 40, 5]]);
      const [first] = (lists[0]?.['CurrentList'] ?? []) as PlistDict[];
      assert.deepEqual({ ...first }, { CFBundleIdentifier: 'com.example.app0', ApplicationSINF: Buffer.from('sinf') });
    });

    it('gives sizes and licences only when they are named', async () => {
      const host = await open(await start({ content: fewFiles(apps) }), name);
      const plain = await host.ask({ Command: 'Lookup', ClientOptions: { BundleIDs: ['com.example.app1', 'com.example.none'] } });
      const found = plain['LookupResult'] as Record<string, PlistDict>;
      assert.deepEqual(Object.keys(found), ['com.example.app1']);
      assert.ok('CFBundleVersion' in (found['com.example.app1'] ?? {}));
      for (const key of ['StaticDiskUsage', 'DynamicDiskUsage', 'ApplicationSINF', 'iTunesMetadata']) assert.ok(!(key in (found['com.example.app1'] ?? {})), key);
      const sizes = await host.ask({ Command: 'Lookup', ClientOptions: { BundleIDs: ['com.apple.system'], ReturnAttributes: ['StaticDiskUsage', 'ApplicationSINF', 'Nonsense'] } });
      assert.deepEqual({ ...(sizes['LookupResult'] as Record<string, PlistDict>)['com.apple.system'] }, { StaticDiskUsage: 1000 });
    });

    it('answers what it does not do with an error', async () => {
      const host = await open(await start(), name);
      assert.equal(typeof (await host.ask({ Command: 'Uninstall', ApplicationIdentifier: 'x' }))['Error'], 'string');
    });
  });

  describe('springboardservices', () => {
    it('gives icons in binary lists, many on one connection, none for an unknown app', async () => {
      const stream = await service(await start({ content: fewFiles([app('com.example.a')]) }), 'com.apple.springboardservices');
      const host = new PlistHost(stream);
      for (const [bundleId, icon] of [['com.example.a', true], ['com.example.none', false], ['com.example.a', true]] as const) {
        const body = writeBinaryPlist({ command: 'getIconPNGData', bundleId });
        const length = Buffer.alloc(4);
        length.writeUInt32BE(body.length);
        stream.write(Buffer.concat([length, body]));
        const reply = await host.receiveBytes();
        assert.equal(reply.toString('latin1', 0, 8), 'bplist00');
        assert.equal(reply.includes(Buffer.from('89504e47', 'hex')), icon);
      }
    });
  });

  describe('diagnostics_relay', () => {
    const name = 'com.apple.mobile.diagnostics_relay';
    const ask = { Request: 'MobileGestalt', MobileGestaltKeys: ['PasswordConfigured'] };

    it('knows whether there is a passcode, up to iOS 17.3', async () => {
      const host = await open(await start({ ios: '17.3', moods: { hasPasscode: false } }), name);
      const reply = await host.ask(ask);
      assert.deepEqual(JSON.parse(JSON.stringify(reply)), { Status: 'Success', Diagnostics: { MobileGestalt: { PasswordConfigured: false, Status: 'Success' } } });
    });

    it('has given that up since', async () => {
      const host = await open(await start({ ios: '17.4' }), name);
      assert.deepEqual(JSON.parse(JSON.stringify((await host.ask(ask))['Diagnostics'])), { MobileGestalt: { Status: 'MobileGestaltDeprecated' } });
      assert.equal((await host.ask({ Request: 'Dance' }))['Status'], 'UnknownRequest');
    });

    it('restarts the phone', async () => {
      const virtual = await start();
      const host = await open(virtual, name);
      assert.equal((await host.ask({ Request: 'Restart' }))['Status'], 'Success');
      await host.inbox.rest();
      assert.equal(virtual.phone.presence.present, false);
    });
  });

  it('heartbeat says Marco and hears Polo', async () => {
    const host = await open(await start(), 'com.apple.mobile.heartbeat');
    const marco = await host.receive();
    assert.deepEqual([marco['Command'], marco['Interval']], ['Marco', 10]);
    host.send({ Command: 'Polo' });
    host.close();
  });
});
