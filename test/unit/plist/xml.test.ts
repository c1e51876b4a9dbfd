import assert from 'node:assert/strict';
import { PlistError, PlistReal, readPlist, readXmlPlist, writeXmlPlist, type PlistValue } from '../../../src/plist/index.ts';

const wrap = (body: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><plist version="1.0">${body}</plist>`);

describe('XML plist', () => {
  it('keeps every type apart over a round trip', () => {
    const value: PlistValue = {
      integer: -13,
      large: 8_554_329_725_747_246n,
      real: new PlistReal(2),
      date: new Date('2026-11-22T10:00:00Z'),
      data: Buffer.from('bytes'),
      text: ' <&> "quoted" \n second line ',
      list: [true, false, [], {}],
    };
    const read = readPlist(writeXmlPlist(value)) as Record<string, PlistValue>;
    assert.deepEqual({ ...read, large: BigInt(read['large'] as number), list: undefined }, { ...value, list: undefined });
    assert.equal((read['list'] as PlistValue[]).length, 4);
  });

  it('leaves out characters that XML cannot hold', () => {
    assert.deepEqual(readPlist(writeXmlPlist(['a\u0000\u0007b'])), ['ab']);
  });

  it('reads what other writers send: Apple head, comments, CDATA, hexadecimal, NUL at the end', () => {
    const apple = '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">';
    const text = `<?xml version="1.0"?>${apple}<plist version="1.0"><!-- c --><array><integer>0x10</integer><string><![CDATA[<a>]]></string></array></plist>\n\0`;
    assert.deepEqual(readPlist(Buffer.from(text)), [16, '<a>']);
  });

  const refused: Record<string, string> = {
    'a key without a value': '<dict><key>a</key></dict>',
    'a value without a key': '<dict><string>a</string></dict>',
    'two keys in a row': '<dict><key>a</key><key>b</key><true/></dict>',
    'two roots': '<true/><true/>',
    'an unknown element': '<set/>',
    'an empty integer': '<integer/>',
    'a word for an integer': '<integer>ten</integer>',
    'a word for a date': '<date>tomorrow</date>',
    'nothing': '',
  };
  for (const [what, body] of Object.entries(refused)) {
    it(`refuses ${what}`, () => assert.throws(() => readXmlPlist(wrap(body)), PlistError));
  }

  it('refuses own entities, broken nesting and other roots', () => {
    const bomb = '<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaa">]><plist><string>&a;</string></plist>';
    for (const text of [bomb, '<plist><array></plist>', '<html/>', '<plist>']) assert.throws(() => readXmlPlist(Buffer.from(text)), PlistError, text);
  });

  it('stops at its limits', () => {
    const limits = { maxBytes: 1 << 20, maxValues: 100, maxDepth: 10 };
    assert.throws(() => readXmlPlist(wrap('<array>'.repeat(20) + '</array>'.repeat(20)), limits), /deep/);
    assert.throws(() => readXmlPlist(wrap(`<array>${'<true/>'.repeat(200)}</array>`), limits), /many/);
    assert.throws(() => readXmlPlist(wrap(`<string>${'x'.repeat(2 << 20)}</string>`), limits), /size/);
  });
});
