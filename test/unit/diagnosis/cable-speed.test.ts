import assert from 'node:assert/strict';
import { checks } from '../../../src/diagnosis/checks/check-list.ts';
import type { CheckPorts } from '../../../src/diagnosis/checks/ports.ts';
import { fastSpeedOf } from '../../../src/diagnosis/checks/usb-speed.ts';
import type { DeviceSummary } from '../../../src/device/types.ts';
import type { HistoryEntry, TransferRecord } from '../../../src/library/types.ts';
import type { Diagnosed } from '../../../src/shared/diagnosis-report.ts';

const GB = 1e9;
const udid = 'one';

interface Scene {
  /** Bits a second: of the muxer, of the system. */
  readonly speed?: number;
  readonly ofSystem?: number;
  readonly productType?: string;
  /** Bytes on the device. */
  readonly used?: number;
  readonly transfer?: TransferRecord;
  readonly duration?: number;
  /** Newest first; in place of one full backup with `transfer`. */
  readonly runs?: readonly Pick<HistoryEntry, 'kind' | 'transfer'>[];
}

async function foundIn({ speed, ofSystem, productType, used = 100 * GB, transfer, duration = 60, runs }: Scene): Promise<readonly Diagnosed[]> {
  const last = { kind: 'full', isComplete: true, size: transfer?.bytes ?? 0, duration, transfer } as HistoryEntry;
  const summary = { productType, dataCapacity: 200 * GB, dataAvailable: 200 * GB - used } as DeviceSummary;
  const ports = {
    attachments: () => Promise.resolve([{ deviceId: 1, udid, connection: 'usb', speed }]),
    portSpeed: () => Promise.resolve(ofSystem),
    phone: { udid, summary: () => Promise.resolve(summary) },
    library: { entries: () => Promise.resolve(runs ?? [last]) },
  } as unknown as CheckPorts;
  return (await checks.find(({ id }) => id === 'speed')?.run(ports)) ?? [];
}

const rows = async (scene: Scene): Promise<string[]> => (await foundIn(scene)).map(({ row }) => row);
const usb2 = 480_000_000;
const received = (megabytes: number, seconds: number): TransferRecord => ({ bytes: megabytes * 1e6, connection: 'usb', seconds });

describe('the speed of the cable', () => {
  it('is judged by the time in which the device was sending, not by how long somebody searched for the passcode', async () => {
    assert.deepEqual(await rows({ speed: usb2, transfer: received(600, 20), duration: 3600 }), []);
    assert.deepEqual(await rows({ speed: usb2, transfer: received(600, 600), duration: 700 }), ['cable.slow']);
  });

  it('tells nothing where an older record has no such time, and nothing of Wi-Fi or of a few files', async () => {
    assert.deepEqual(await rows({ speed: usb2, transfer: { bytes: 6e8, connection: 'usb' }, duration: 3600 }), []);
    assert.deepEqual(await rows({ speed: usb2, transfer: { ...received(600, 600), connection: 'network' } }), []);
    assert.deepEqual(await rows({ speed: usb2, transfer: received(10, 600) }), []);
  });

  it('is told by incremental and custom runs too, where they moved enough', async () => {
    for (const kind of ['incremental', 'custom'] as const) {
      assert.deepEqual(await rows({ speed: usb2, runs: [{ kind, transfer: received(600, 600) }] }), ['cable.slow'], kind);
      assert.deepEqual(await rows({ speed: usb2, runs: [{ kind, transfer: received(100, 600) }] }), [], kind);
    }
  });

  it('is that of the newest run that tells: another cable may have come since', async () => {
    const [slow, fast] = [{ kind: 'full', transfer: received(6000, 6000) }, { kind: 'incremental', transfer: received(600, 20) }] as const;
    const little = { kind: 'incremental', transfer: received(1, 600) } as const;
    assert.deepEqual(await rows({ speed: usb2, runs: [little, fast, slow] }), []);
    assert.deepEqual(await rows({ speed: usb2, runs: [little, slow, fast] }), ['cable.slow']);
  });

  it('is measured by what USB 2 carries at any port: small files come at the pace of the device', async () => {
    assert.deepEqual(await rows({ speed: 5e9, transfer: received(6000, 1000) }), []);
    const [slow] = await foundIn({ speed: 5e9, transfer: received(6000, 6000) });
    assert.deepEqual([slow?.row, slow?.facts], ['cable.slow', { rate: 1e6, carried: 35e6, megabits: 5000 }]);
  });

  it('of the system counts more than that of the muxer', async () => {
    assert.deepEqual(await rows({ speed: usb2, ofSystem: 12e6 }), ['cable.usb1']);
    assert.deepEqual(await rows({ speed: usb2, ofSystem: 10e9, productType: 'iPhone16,1' }), []);
  });

  it('could be higher: said of devices with USB 3 that hold much, at a port of USB 2', async () => {
    assert.deepEqual(await rows({ speed: usb2, productType: 'iPhone16,1' }), ['cable.usb2']);
    assert.deepEqual(await rows({ speed: usb2, productType: 'iPhone15,4' }), []);
    assert.deepEqual(await rows({ speed: usb2, productType: 'iPhone16,1', used: 10 * GB }), []);
    assert.deepEqual(await rows({ productType: 'iPhone16,1' }), []);
  });

  it('of a device is known by its type', () => {
    const fast = ['iPhone16,2', 'iPhone17,1', 'iPhone18,2', 'iPad8,12', 'iPad13,1', 'iPad13,16', 'iPad14,11', 'iPad15,3', 'iPad16,1'];
    const slow = ['iPhone12,1', 'iPhone15,4', 'iPhone17,3', 'iPhone17,5', 'iPhone18,3', 'iPhone18,4', 'iPad12,1', 'iPad13,18', 'iPad15,7', 'iPad7,1'];
    for (const type of fast) assert.ok((fastSpeedOf(type) ?? 0) >= 5e9, type);
    for (const type of [...slow, undefined, 'iPhone99,1', '']) assert.equal(fastSpeedOf(type), undefined, type);
  });
});
