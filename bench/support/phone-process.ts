import { subscribe } from 'node:diagnostics_channel';
import { createInterface } from 'node:readline';
import { createContent, parseContentSpec } from '../../src/virtual-iphone/content/index.ts';
import { startVirtual } from '../../src/virtual-iphone/index.ts';
import { mobileBackup2Service } from '../../src/virtual-iphone/mobilebackup2/index.ts';
import { keepHeapSmall } from '../../src/virtual-iphone/small-heap.ts';

/*
 * A virtual phone in a process of its own: `node phone-process.ts CONTENT`. Tells, one JSON object a line, where it
 * listens and how long each request took by its own clock. Ends with its standard input.
 */
keepHeapSmall();
const spec = parseContentSpec(process.argv[2] ?? 'tiny');
const clock = new Date('2026-11-22T10:00:00Z');
const content = createContent(spec, { seed: 3, ios: '18.5', productType: 'iPhone16,1', language: 'en', clock });
const iterations = { sha256: 1000, sha1: 100 };
const virtual = await startVirtual({ seed: 3, ios: '18.5', content, clock, iterations, services: [mobileBackup2Service] });

const say = (message: object): boolean => process.stdout.write(`${JSON.stringify(message)}\n`);
subscribe('virtual-iphone.request-served', (message) => say({ served: message }));
say({ address: virtual.address, udid: virtual.phone.identity.udid });

for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith('advance ')) say({ advanced: virtual.phone.content.advance(Number(line.slice(8))) });
}
await virtual.close();
