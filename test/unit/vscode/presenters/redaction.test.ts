import assert from 'node:assert/strict';
import { Redactor } from '../../../../src/vscode/presenters/redaction.ts';

describe('the log', () => {
  const redactor = new Redactor('/home/anna');
  redactor.hide("Anna's iPhone", '‹name 1›');
  redactor.hide('F2LXK0ABCDEF', '‹serial 1›');
  redactor.hide('me', '‹name 2›');

  const cases: readonly [string, string][] = [
    ["Anna's iPhone (00008120-000A1B2C3D4E5F60) attached", '‹name 1› (‹udid›) attached'],
    ['serial F2LXK0ABCDEF', 'serial ‹serial 1›'],
    ['/home/anna/iPhone Backups/00008120000A1B2C3D4E5F60', '~/iPhone Backups/‹udid›'],
    [String.raw`C:\Users\Anna\x and /Users/bob/y`, String.raw`~\x and ~/y`],
    ['call +49 170 1234567 or a.b@example.org', 'call ‹number› or ‹mail›'],
    ['received 51306 files in 2026-11-22T16-40-12Z at 38.2 MB/s, code mb.105', 'received 51306 files in 2026-11-22T16-40-12Z at 38.2 MB/s, code mb.105'],
    ['some message', 'some message'],
    ['this is me.', 'this is ‹name 2›.'],
    [String.raw`c:\users\Jörg Müller\AppData\x and D:\Anna’s disk\iPhone Backups`, String.raw`~\AppData\x and D:\Anna’s disk\iPhone Backups`.replace(/D:.*disk/, '‹disk›')],
    [String.raw`{"folder":"E:\\Anna\\b"}`, String.raw`{"folder":"‹disk›\\b"}`],
    ['/Volumes/Anna’s Disk/x | /media/liddell/Back up 1/y | /run/media/liddell/Ω/z | /mnt/nas', '‹disk›/x | ‹disk›/y | ‹disk›/z | ‹disk›'],
    [String.raw`on \\ANNAS-NAS\photos of anna\x`, String.raw`on ‹share›\x`],
    ['/Users/Anna Liddell/Library', '~/Library'],
    ['at run (file:///home/anna/.vscode/x.js:3:7)', 'at run (file://~/.vscode/x.js:3:7)'],
    ['{"code":"file-failed","path":"Documents/Letter to \\"Anna\\".pdf"}', '{"code":"file-failed","path":"‹path›"}'],
    ['+1 (212) 555-0142, (212) 555-0142, 01705550123', '‹number›, ‹number›, ‹number›'],
    ['jörg.müller+x@exämple.co.uk', '‹mail›'],
    ['A4:83:E7:00:11:22 a4-83-e7-00-11-22 fe80::a683:e7ff:fe00:1122%en0 192.168.1.23:62078', '‹address› ‹address› ‹address› ‹address›:62078'],
    ['127.0.0.1:27015, iOS 18.5, 9000000000 of 8000000000000 bytes', '127.0.0.1:27015, iOS 18.5, 9000000000 of 8000000000000 bytes'],
    ['35 693803 564380 9 356938035643809 8901260123456789012', '‹number› ‹number› ‹number›'],
    ['F2LX9Q7WJCLM or C39Q2XK1LP', '‹serial› or ‹serial›'],
    ['D3B07384-D9A0-4C2B-8E57-8F2B1D6C2A11', '‹id›'],
    ['ANNA\u2019S IPHONE', '‹name 1›'],
    ['lockdown.PairingDialogResponsePending, ERR_SSL_TLSV1_ALERT, ENOENT, SHA-256', 'lockdown.PairingDialogResponsePending, ERR_SSL_TLSV1_ALERT, ENOENT, SHA-256'],
  ];
  it('hides names of any script, as disks and JSON spell them, but no word that all devices are called by', () => {
    const names = new Redactor('');
    for (const name of ['小明', 'Åsa', 'iPhone', 'Ann', '山', 'a|b (c) [d] \\ "e"', 'x']) names.hide(name, '‹n›');
    assert.equal(names.redact('小明的 iPhone'), '‹n›的 iPhone');
    assert.equal(names.redact('A\u030Asa and ÅSA'), '‹n› and ‹n›');
    assert.equal(names.redact('Ann announces Annals, 火山 x'), '‹n› announces Annals, 火‹n› x');
    assert.equal(names.redact(JSON.stringify({ name: 'a|b (c) [d] \\ "e"' })), '{"name":"‹n›"}');
  });

  for (const [written, shown] of cases) it(`shows ${shown}`, () => assert.equal(redactor.redact(written), shown));
});
