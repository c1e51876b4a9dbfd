import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { usbBus } from '../../../src/jobs/usb-bus.ts';

describe('the USB bus of Linux', () => {
  let bus: string;
  beforeEach(() => (bus = mkdtempSync(join(tmpdir(), 'usb-bus-'))));
  afterEach(() => rmSync(bus, { recursive: true }));

  function device(name: string, attributes: Readonly<Record<string, string>>): void {
    mkdirSync(join(bus, name));
    for (const [key, value] of Object.entries(attributes)) writeFileSync(join(bus, name, key), `${value}\n`);
  }

  const iPhone = { idVendor: '05ac', idProduct: '12a8', serial: '00008110001A2B3C4D5E601E', speed: '480' };

  it('tells the speed of a port by the UDID without its dash', async () => {
    device('usb1', { idVendor: '1d6b', idProduct: '0002', speed: '480' });
    device('1-1', iPhone);
    device('2-3', { ...iPhone, serial: 'a'.repeat(40), speed: '10000' });
    const { portSpeed, usbDevices } = usbBus(bus);
    assert.equal(await portSpeed('00008110-001A2B3C4D5E601E'), 480e6);
    assert.equal(await portSpeed('a'.repeat(40)), 10e9);
    assert.equal(await portSpeed('00008110-0000000000000001'), undefined);
    assert.equal(await usbDevices(), 2);
  });

  it('knows an iPhone from a keyboard of the same maker', async () => {
    device('1-1', { idVendor: '05ac', idProduct: '024f', serial: 'x', speed: '12' });
    assert.equal(await usbBus(bus).usbDevices(), 0);
    assert.equal(await usbBus(bus).portSpeed('x'), undefined);
  });

  it('takes nonsense for nothing', async () => {
    device('1-1', { ...iPhone, speed: 'unknown' });
    assert.equal(await usbBus(bus).portSpeed('00008110-001A2B3C4D5E601E'), undefined);
    device('1-2', { idVendor: '05ac', idProduct: '12a8' });
    assert.equal(await usbBus(bus).portSpeed('zzz'), undefined);
    assert.equal(await usbBus(join(bus, 'nowhere')).portSpeed('x'), undefined);
  });
});
