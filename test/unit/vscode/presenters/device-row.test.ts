import assert from 'node:assert/strict';
import { deviceFacts, factRow } from '../../../../src/vscode/presenters/device-facts.ts';
import { deviceRow } from '../../../../src/vscode/presenters/device-row.ts';
import type { DeviceSurroundings } from '../../../../src/vscode/presenters/device-row.ts';
import { device, inEnglish as w, job, now, progress } from '../support/samples.ts';

const anna = device({ name: "Anna's iPhone", model: 'iPhone 15 Pro', deviceClass: 'iPhone', iosVersion: '18.5' });
const idle: DeviceSurroundings = { job: undefined, lastBackup: undefined, isHistoryKnown: true, health: undefined };
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

describe('the row of a device', () => {
  it('tells model, system, connection and the last backup', () => {
    const row = deviceRow(anna, { ...idle, lastBackup: daysAgo(3) }, w);
    assert.equal(row.label, "Anna's iPhone");
    assert.equal(row.description, 'iPhone 15 Pro · iOS 18.5 · USB · backed up 3 days ago');
    assert.equal(row.spoken, `${row.label}, ${row.description}`);
  });

  it('warns in words of an old backup and of none', () => {
    assert.match(deviceRow(anna, { ...idle, lastBackup: daysAgo(30) }, w).description, /last backup 4 weeks ago: old$/);
    assert.match(deviceRow(anna, idle, w).description, /no backup yet$/);
  });

  it('does not say that there is no backup before the history is known', () => {
    assert.equal(deviceRow(anna, { ...idle, isHistoryKnown: false }, w).description, 'iPhone 15 Pro · iOS 18.5 · USB');
  });

  it('is labelled when virtual, and names the iPad system', () => {
    const pad = device({ name: 'Pad', deviceClass: 'iPad', iosVersion: '18.5', isVirtual: true, connections: ['usb', 'network'] });
    const row = deviceRow(pad, idle, w);
    assert.equal(row.description, 'virtual · iPadOS 18.5 · USB + Wi-Fi · no backup yet');
    assert.equal(row.icon.id, 'vm');
  });

  it('keeps its identity while it is busy, and shows how far the job is', () => {
    const busy = deviceRow(anna, { ...idle, job: job({ progress: progress({ fraction: 0.42 }) }) }, w);
    assert.equal(busy.id, deviceRow(anna, idle, w).id);
    assert.equal(busy.description, '42%');
    assert.equal(busy.icon.id, 'sync~spin');
    assert.match(busy.context, /;busy;/);
  });

  it('says what stands in the way of trust', () => {
    const row = deviceRow(device({ trust: 'not-paired' }), idle, w);
    assert.equal(row.description, 'not paired yet · USB');
    assert.match(row.context, /;unpaired;/);
    assert.doesNotMatch(row.context, /;trusted;/);
    assert.equal(row.icon.id, 'warning');
  });

  it('tells two nameless devices apart', () => {
    const names = ['00008120-000000000000AAAA', '00008120-000000000000BBBB'].map((udid) => deviceRow(device({ udid }), idle, w).label);
    assert.deepEqual(names, ['iPhone or iPad …AAAA', 'iPhone or iPad …BBBB']);
  });

  it('stays one line for a hostile name', () => {
    const hostile = `<img src=x onerror=alert(1)>\u202E\n${'x'.repeat(10_000)}`;
    const row = deviceRow(device({ name: hostile, model: hostile, iosVersion: hostile }), idle, w);
    assert.ok(row.label.length <= 60 && row.label.startsWith('<img src=x onerror=alert(1)>'));
    assert.ok(row.description.length < 200);
    assert.doesNotMatch(row.label + row.description, /[\u202E\n]/);
  });
});

describe('the facts below a device', () => {
  const told = device({ battery: 80, isCharging: true, isLocked: false, dataCapacity: 100e9, dataAvailable: 36e9, capacity: 128e9, cloudBackupEnabled: false });
  const values = (facts: Parameters<typeof device>[0], around = idle): string[] =>
    deviceFacts(device(facts), around, w).map((fact) => `${fact}: ${factRow(device(facts), fact, around, w).description}`);

  it('are only those that the device told', () => {
    assert.deepEqual(values({ encryption: 'unknown' }, { ...idle, isHistoryKnown: false }), ['trust: trusts this computer']);
  });

  it('are told in words, not by icons alone', () => {
    assert.deepEqual(values(told), [
      'last-backup: none yet',
      'encryption: off: no passwords, Health or call history in backups',
      'trust: trusts this computer',
      'lock: unlocked',
      'battery: 80% · charging',
      'storage: 64 GB used of 128 GB',
      'cloud: off',
    ]);
  });

  it('warn of an empty battery that is not charging', () => {
    const low = device({ battery: 12, isCharging: false });
    assert.equal(factRow(low, 'battery', idle, w).icon.id, 'warning');
  });
});
