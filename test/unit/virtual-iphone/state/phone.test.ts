import assert from 'node:assert/strict';
import { createPublicKey, sign, verify } from 'node:crypto';
import { createPhone, type PhoneOptions, type VirtualPhone } from '../../../../src/virtual-iphone/index.ts';
import { seededRsaKey } from '../../../../src/virtual-iphone/state/rsa-key.ts';
import { SeededRandom } from '../../../../src/virtual-iphone/state/seeded.ts';
import { fewFiles } from '../few-files.ts';

describe('the virtual phone', () => {
  const phone = (options: Partial<PhoneOptions> = {}): VirtualPhone => createPhone({ seed: 5, ...options }, fewFiles(), { services: [] });

  describe('is reproducible', () => {
    const facts = (made: VirtualPhone): unknown[] => [made.identity, made.randomBytes('a', 40).toString('hex'), made.randomUuid('b'), [...made.domain('')].map(String)];

    it('has the same identity, values and random bytes for the same seed and clock', () => {
      const clock = new Date('2026-11-22T10:00:00Z');
      assert.deepEqual(facts(phone({ clock })), facts(phone({ clock })));
      assert.notDeepEqual(facts(phone({ clock })), facts(phone({ clock, seed: 6 })));
    });

    it('draws each label\'s bytes from a stream of its own', () => {
      const [one, two] = [new SeededRandom('x'), new SeededRandom('x')];
      one.bytes('other', 100);
      assert.deepEqual(one.bytes('a', 16), two.bytes('a', 16));
      assert.notDeepEqual(one.bytes('a', 16), one.bytes('a', 16));
    });

    it('has an RSA key of 2048 bits that signs', () => {
      const key = seededRsaKey('test');
      assert.equal(key.asymmetricKeyDetails?.modulusLength, 2048);
      const signature = sign('sha256', Buffer.from('text'), key);
      assert.ok(verify('sha256', Buffer.from('text'), createPublicKey(key), signature));
      assert.ok(!verify('sha256', Buffer.from('other'), createPublicKey(key), signature));
    });

    it('has the clock it was given, one second later at each reading, whatever hosts ask', () => {
      const made = phone({ clock: new Date('2026-11-22T10:00:00Z') });
      made.domain('');
      assert.equal(made.now().toISOString(), '2026-11-22T10:00:00.000Z');
      assert.equal(made.peekTime().toISOString(), '2026-11-22T10:00:01.000Z');
      assert.equal(made.now().toISOString(), '2026-11-22T10:00:01.000Z');
    });
  });

  describe('has an identity by its model', () => {
    it('with a chip and an ECID in its id since A12', () => {
      const { udid, ecid } = phone({ productType: 'iPhone14,5' }).identity;
      assert.equal(udid, `00008110-${ecid.toString(16).toUpperCase().padStart(16, '0')}`);
      assert.ok(ecid > 2n ** 52n && ecid < 2n ** 53n);
    });

    it('with forty hex digits and a longer serial number before', () => {
      const { udid, serialNumber } = phone({ productType: 'iPhone10,6' }).identity;
      assert.match(udid, /^[0-9a-f]{40}$/);
      assert.match(serialNumber, /^[0-9A-Z]{12}$/);
    });

    it('with the build of its iOS', () => {
      const build = (ios: string): string => phone({ ios }).identity.buildVersion;
      assert.deepEqual([build('17.5.1'), build('15.6.1')], ['21F90', '19G82']);
      assert.match(build('26.0'), /^23A\d+$/);
      assert.match(build('13.3'), /^17D\d+$/);
    });

    it('also for models it does not know', () => {
      const made = phone({ productType: 'iPad99,1' });
      assert.equal(made.identity.productType, 'iPad99,1');
      assert.equal(made.value('', 'DeviceClass'), 'iPad');
      assert.equal(made.value('', 'InternationalMobileEquipmentIdentity'), undefined);
    });
  });

  describe('asks for the passcode', () => {
    const ask = (made: VirtualPhone, signal = new AbortController().signal): Promise<boolean> => made.askPasscode(signal);

    it('not at all without one, or when the mood says so', async () => {
      assert.equal(await ask(phone({ moods: { passcode: 'ignored', hasPasscode: false } })), true);
      assert.equal(await ask(phone({ moods: { passcode: 'none' } })), true);
    });

    it('and is answered, refused or ignored', async () => {
      assert.equal(await ask(phone({ moods: { passcode: 'answered', passcodeDelay: 1 } })), true);
      assert.equal(await ask(phone({ moods: { passcode: 'refused', passcodeDelay: 1 } })), false);
      assert.equal(await ask(phone({ moods: { passcode: 'ignored', passcodeLimit: 1 } })), false);
    });

    it('and takes it from a hand', async () => {
      const made = phone({ moods: { passcode: 'ignored' } });
      assert.equal(made.person.enterPasscode(), false);
      const asked = ask(made);
      assert.equal(made.person.enterPasscode(), true);
      assert.equal(await asked, true);
    });

    it('until the host is gone', async () => {
      const made = phone({ moods: { passcode: 'ignored' } });
      const gone = new AbortController();
      const asked = ask(made, gone.signal);
      gone.abort();
      assert.equal(await asked, false);
    });
  });

  it('forgets at a restart what killed runs left, and nothing else', () => {
    const made = phone({ moods: { snapshotLeftover: true, restoredWithoutRestart: true } });
    made.agentMemory.notes.set('until-restart.snapshot', 1).set('database', 2);
    made.restart(0);
    assert.deepEqual([...made.agentMemory.notes.keys()], ['database']);
    assert.equal(made.moods.snapshotLeftover || made.moods.restoredWithoutRestart, false);
    made.close();
  });
});
