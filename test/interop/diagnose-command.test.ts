import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { runCli, type CliResult } from './support/cli.ts';
import { Stage, run, type StagedPhone } from './support/stage.ts';

/** What the phone tells of itself that names it or its owner, by the key of lockdown. */
const told = {
  DeviceName: 'Åsa Müller’s phone 小明',
  SerialNumber: 'F2LX9Q7WJCLM',
  PhoneNumber: '+46 70 555 01 42',
  WiFiAddress: 'a4:83:e7:00:11:22',
  BluetoothAddress: 'a4:83:e7:00:11:23',
  EthernetAddress: 'a4:83:e7:00:11:24',
  InternationalMobileEquipmentIdentity: '356938035643809',
  InternationalMobileEquipmentIdentity2: '356938035643817',
  MobileEquipmentIdentifier: '35693803564380',
  IntegratedCircuitCardIdentity: '8901260123456789012',
} as const;

describe('iphone-backup diagnose', function () {
  this.timeout(120_000);
  let stage: Stage;
  let phone: StagedPhone;
  before(async () => {
    stage = await Stage.open();
    await mkdir(stage.path('Åsa’s disk'));
    phone = await stage.phone({ spec: { kind: 'files', files: 5, bytes: 50_000 } });
    for (const [key, value] of Object.entries(told)) phone.phone.setValue('', key, value);
    await stage.engine(phone).pair({ udid: phone.udid, patience: 5000 }, run());
  });
  after(() => stage.close());

  const library = (): string => stage.path('Åsa’s disk', 'Backups of Müller');
  const cli = (...args: string[]): Promise<CliResult> => runCli([...args, '--library', library()], { env: { USBMUXD_SOCKET_ADDRESS: phone.address } });

  it('ends with 9 where no backup can work, 8 where something is to be looked at, and says so in its help', async () => {
    const nothing = await cli('diagnose', '--muxer', `UNIX:${stage.path('nothing')}`, '--check', 'muxer');
    assert.deepEqual([nothing.code, nothing.stdout.startsWith('STOP: ')], [9, true], nothing.stdout);
    phone.phone.setMoods({ batteryLevel: 3, charging: false });
    const low = await cli('diagnose', '--check', 'power');
    phone.phone.setMoods({ batteryLevel: 80, charging: true });
    assert.deepEqual([low.code, low.stdout.startsWith('Warning: ')], [8, true], low.stdout);
    const well = await cli('diagnose', '--check', 'power');
    assert.equal(well.code, 0, well.stdout);
    const misspelt = await cli('diagnose', '--check', 'pwer');
    assert.deepEqual([misspelt.code, misspelt.stdout], [2, '']);
    assert.match(misspelt.stderr, /^There is no check 'pwer'; there are .*\bpower\b/);
    const help = await runCli(['--help']);
    assert.match(help.stdout, /^ {2}8 {2}diagnose: .*\n {2}9 {2}diagnose: /m);
  });

  it('saves a bundle that says what is in it and names neither phone nor person nor place', async () => {
    for (const setupUnfinished of [false, true]) {
      phone.phone.setMoods({ setupUnfinished });
      assert.equal((await cli('backup')).code, setupUnfinished ? 3 : 0);
    }
    const ended = await cli('diagnose', '--bundle', stage.path('bundle.txt'));
    phone.phone.setMoods({ setupUnfinished: false });
    assert.match(ended.stderr, /The bundle holds:\n {2}versions\.json, \d+ lines/);
    const bundle = await readFile(stage.path('bundle.txt'), 'utf8');
    for (const part of ['"mb.212"', '"kind": "full"', '"openssl"']) assert.ok(bundle.includes(part), part);
    for (const [key, value] of Object.entries({ ...told, udid: phone.udid, library: library() })) assert.ok(!bundle.includes(value), key);
    for (const part of ['Åsa', 'Müller', '小明', '555']) assert.ok(!bundle.includes(part), part);
  });
});
