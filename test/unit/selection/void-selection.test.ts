import assert from 'node:assert/strict';
import { compileSelection, isVoidSelection, parseSelectionText } from '../../../src/selection/index.ts';

const isVoid = (...lines: readonly string[]): boolean => isVoidSelection(parseSelectionText(lines.join('\n')));

describe('selection: nothing at all', () => {
  const nothing: readonly (readonly string[])[] = [
    ['photos', 'except photos'],
    ['photos where size>=10MB', 'except photos'],
    ['photos where size>=10MB', 'except photos where size>=10MB'],
    ['safari-history', 'whatsapp', 'except safari', 'except apps'],
    ['com.example.app', 'except apps'],
    ['com.example.app', 'except com.example.app'],
    ['domain:AppDomain-com.example.app', 'except com.example.app'],
    ['domain:AppDomain-com.example.*', 'except domain:AppDomain-*'],
    ['path:HomeDomain/Library/Notes/', 'except domain:HomeDomain'],
    ['path:HomeDomain/Library/Notes/*.sqlite', 'except path:HomeDomain/Library/'],
    ['photos', 'except domain:CameraRollDomain'],
    ['contacts', 'call-history', 'except domain:HomeDomain', 'except call-history'],
    ['except domain:*'],
  ];
  for (const lines of nothing) it(`is left of ${lines.join(', ')}`, () => assert.equal(isVoid(...lines), true));

  const something: readonly (readonly string[])[] = [
    [],
    ['photos'],
    ['except photos'],
    ['photos', 'messages', 'except photos'],
    ['photos', 'except photos where size>=10MB'],
    ['photos where size>=1MB', 'except photos where size>=10MB'],
    ['safari', 'except safari-history'],
    ['com.apple.mobilenotes', 'except apps'],
    ['com.example.app', 'except domain:AppDomain-com.example.app'],
    ['call-history', 'except domain:HomeDomain'],
    ['path:HomeDomain/Library/', 'except path:HomeDomain/Library/Notes/'],
    ['path:HomeDomain/Lib*', 'except path:HomeDomain/Library/'],
  ];
  for (const lines of something) it(`may be left of ${lines.join(', ') || 'everything'}`, () => assert.equal(isVoid(...lines), false));

  it('is said only where no file of any kind is taken', () => {
    const domains = ['HomeDomain', 'CameraRollDomain', 'WirelessDomain', 'AppDomain-com.example.app', 'AppDomainGroup-group.com.example.app', 'AppDomain-com.apple.mobilesafari', 'AppDomainGroup-group.net.whatsapp.WhatsApp.shared'];
    const paths = ['', 'Library/Safari/History.db', 'Library/Notes/a.sqlite', 'Media/DCIM/100APPLE/IMG_0001.HEIC', 'Library/CallHistory/x', 'Library/AddressBook/AddressBook.sqlitedb'];
    for (const lines of nothing) {
      const takes = compileSelection(parseSelectionText(lines.join('\n')));
      for (const domain of domains) for (const relativePath of paths) assert.ok(!takes({ domain, relativePath, size: 20_000_000, modified: 1.7e9 }), `${lines.join(', ')}: ${domain}/${relativePath}`);
    }
  });
});
