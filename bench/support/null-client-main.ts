import { openDevice, pairDevice } from '../../src/device/index.ts';
import { NullClient } from './null-client.ts';

/* `node null-client-main.ts ADDRESS UDID`: one full backup thrown away; prints what passed as JSON. */
const [muxer = '', udid = ''] = process.argv.slice(2);
await pairDevice(udid, { muxer, patience: 5000 });
const device = await openDevice(udid, { muxer });
const socket = await device.startService('com.apple.mobilebackup2', { escrowBag: true });
const result = await new NullClient(socket, udid).backup();
process.stdout.write(`${JSON.stringify(result)}\n`);
await device.close();
