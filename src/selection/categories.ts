import { videoEndings } from '../shared/media-names.ts';
import type { Category, CategoryPlace } from './category.ts';

const home = (...paths: readonly string[]): CategoryPlace => ({ domain: 'HomeDomain', paths });
const media = (...paths: readonly string[]): CategoryPlace => ({ domain: 'MediaDomain', paths });
const whole = (domain: string): CategoryPlace => ({ domain });
/** What the camera took and apps have saved there, and what edits have made of it. */
const cameraRoll: CategoryPlace = { domain: 'CameraRollDomain', paths: ['Media/DCIM/', 'Media/PhotoData/CPLAssets/', 'Media/PhotoData/Mutations/'] };

/**
 * What people call their data, and where iOS keeps it. Places overlap: a file belongs to the first category that has a
 * place for it, so special ones come before general ones, and choosing Settings does not take the messages that lie in the
 * same domain. A category with `parent` is a part of that one, which takes it along.
 */
export const categories: readonly Category[] = [
  { id: 'messages', name: 'Messages', encryption: 'any', places: [home('Library/SMS/sms.db', 'Library/SMS/Drafts/', 'Library/Messages/')] },
  {
    id: 'message-attachments',
    name: 'Message Attachments',
    encryption: 'any',
    places: [media('Library/SMS/Attachments/', 'Library/SMS/StickerCache/', 'Library/SMS/Parts/')],
  },
  { id: 'contacts', name: 'Contacts', encryption: 'any', places: [home('Library/AddressBook/')] },
  {
    id: 'call-history',
    name: 'Call History',
    encryption: 'mostly-encrypted',
    places: [home('Library/CallHistoryDB/', 'Library/CallHistoryTransactions/'), { domain: 'WirelessDomain', paths: ['Library/CallHistory/'] }],
  },
  { id: 'videos', name: 'Videos', parent: 'photos', encryption: 'any', places: [{ ...cameraRoll, endings: videoEndings }] },
  { id: 'pictures', name: 'Photos', parent: 'photos', encryption: 'any', places: [cameraRoll] },
  { id: 'photos', name: 'Photos and Videos', encryption: 'any', places: [cameraRoll] },
  { id: 'photo-library', name: 'Photo Library Database', encryption: 'any', places: [whole('CameraRollDomain')] },
  {
    id: 'notes',
    name: 'Notes',
    encryption: 'any',
    places: [whole('AppDomainGroup-group.com.apple.notes'), whole('AppDomain-com.apple.mobilenotes'), home('Library/Notes/')],
  },
  { id: 'calendar', name: 'Calendar', encryption: 'any', places: [home('Library/Calendar/')] },
  { id: 'reminders', name: 'Reminders', encryption: 'any', places: [home('Library/Reminders/'), whole('AppDomainGroup-group.com.apple.reminders')] },
  { id: 'safari-bookmarks', name: 'Safari Bookmarks and Reading List', parent: 'safari', encryption: 'any', places: [home('Library/Safari/Bookmarks.db')] },
  {
    id: 'safari-history',
    name: 'Safari History',
    parent: 'safari',
    encryption: 'mostly-encrypted',
    places: [home('Library/Safari/History.db'), { domain: 'AppDomain-com.apple.mobilesafari', paths: ['Library/Safari/History.db'] }],
  },
  {
    id: 'safari-tabs',
    name: 'Safari Tabs',
    parent: 'safari',
    encryption: 'mostly-encrypted',
    places: [
      home('Library/Safari/BrowserState.db', 'Library/Safari/SafariTabs.db', 'Library/Safari/CloudTabs.db'),
      { domain: 'AppDomain-com.apple.mobilesafari', paths: ['Library/Safari/BrowserState.db', 'Library/Safari/SafariTabs.db', 'Library/Safari/CloudTabs.db'] },
    ],
  },
  { id: 'safari', name: 'Safari', encryption: 'any', places: [home('Library/Safari/'), whole('AppDomain-com.apple.mobilesafari')] },
  {
    id: 'voice-memos',
    name: 'Voice Memos',
    encryption: 'any',
    places: [media('Media/Recordings/', 'Library/Recordings/'), whole('AppDomainGroup-group.com.apple.VoiceMemos.shared')],
  },
  { id: 'voicemail', name: 'Voicemail', encryption: 'any', places: [home('Library/Voicemail/')] },
  { id: 'health', name: 'Health, Medical ID and Activity', encryption: 'encrypted-only', places: [whole('HealthDomain')] },
  { id: 'homekit', name: 'Home', encryption: 'encrypted-only', places: [whole('HomeKitDomain')] },
  { id: 'keychain', name: 'Keychain', encryption: 'encrypted-only', places: [whole('KeychainDomain')] },
  {
    id: 'wifi',
    name: 'Wi-Fi Networks',
    encryption: 'encrypted-only',
    places: [
      {
        domain: 'SystemPreferencesDomain',
        paths: [
          'com.apple.wifi.known-networks.plist',
          'SystemConfiguration/com.apple.wifi.plist',
          'SystemConfiguration/com.apple.wifi-networks.plist*',
          'SystemConfiguration/com.apple.wifi-private-mac-networks.plist',
        ],
      },
    ],
  },
  { id: 'mail', name: 'Mail Settings', encryption: 'any', places: [home('Library/Mail/', 'Library/Preferences/com.apple.mobilemail.plist')] },
  { id: 'accounts', name: 'Accounts', encryption: 'any', places: [home('Library/Accounts/')] },
  {
    id: 'whatsapp',
    name: 'WhatsApp',
    parent: 'apps',
    encryption: 'any',
    places: [
      whole('AppDomainGroup-group.net.whatsapp.WhatsApp.*'),
      whole('AppDomainGroup-group.net.whatsapp.WhatsAppSMB.*'),
      whole('AppDomain-net.whatsapp.WhatsApp'),
      whole('AppDomain-net.whatsapp.WhatsAppSMB'),
      whole('AppDomainPlugin-net.whatsapp.WhatsApp*'),
    ],
  },
  {
    id: 'books',
    name: 'Books',
    parent: 'apps',
    encryption: 'any',
    places: [whole('AppDomain-com.apple.iBooks'), whole('AppDomainGroup-group.com.apple.iBooks'), whole('BooksDomain')],
  },
  { id: 'music', name: 'Music', encryption: 'any', places: [media('Media/iTunes_Control/')] },
  { id: 'podcasts', name: 'Podcasts', parent: 'apps', encryption: 'any', places: [whole('AppDomainGroup-243LU875E5.groups.com.apple.podcasts'), whole('AppDomain-com.apple.podcasts')] },
  { id: 'files', name: 'Files on the Device', encryption: 'any', places: [whole('AppDomainGroup-group.com.apple.FileProvider.LocalStorage')] },
  { id: 'icloud-drive', name: 'iCloud Drive on the Device', encryption: 'any', places: [home('Library/Mobile Documents/')] },
  { id: 'shortcuts', name: 'Shortcuts', encryption: 'any', places: [home('Library/Shortcuts/', 'Library/VoiceShortcuts/')] },
  { id: 'wallet', name: 'Wallet', encryption: 'any', places: [home('Library/Passes/')] },
  {
    id: 'home-screen',
    name: 'Home Screen and Wallpaper',
    encryption: 'any',
    places: [home('Library/SpringBoard/', 'Library/Wallpapers/'), whole('AppDomain-com.apple.PosterBoard')],
  },
  { id: 'privacy', name: 'Privacy Permissions', encryption: 'any', places: [home('Library/TCC/')] },
  { id: 'keyboard', name: 'Keyboard', encryption: 'any', places: [whole('KeyboardDomain')] },
  { id: 'data-usage', name: 'Data Usage', encryption: 'any', places: [{ domain: 'WirelessDomain', paths: ['Library/Databases/'] }] },
  { id: 'interactions', name: 'Interactions', encryption: 'encrypted-only', places: [home('Library/CoreDuet/')] },
  {
    id: 'profiles',
    name: 'Profiles and Device Management',
    encryption: 'any',
    places: [
      whole('SysSharedContainerDomain-systemgroup.com.apple.configurationprofiles'),
      home('Library/ConfigurationProfiles/'),
      whole('ManagedPreferencesDomain'),
      whole('MobileDeviceDomain'),
    ],
  },
  { id: 'ringtones', name: 'Ringtones', encryption: 'any', places: [whole('TonesDomain'), media('Media/Vibrations/')] },
  {
    id: 'apps',
    name: 'Apps',
    encryption: 'any',
    places: [whole('AppDomain-*'), whole('AppDomainGroup-*'), whole('AppDomainPlugin-*'), whole('AppDomainPlaceholder-*')],
  },
  {
    id: 'settings',
    name: 'Settings',
    encryption: 'any',
    places: [
      whole('HomeDomain'),
      whole('SystemPreferencesDomain'),
      whole('WirelessDomain'),
      whole('RootDomain'),
      whole('DatabaseDomain'),
      whole('InstallDomain'),
      whole('NetworkDomain'),
      whole('ProtectedDomain'),
      whole('BackupDomain'),
      whole('SysContainerDomain-*'),
      whole('SysSharedContainerDomain-*'),
    ],
  },
  { id: 'other-media', name: 'Other Media', encryption: 'any', places: [whole('MediaDomain')] },
];

export const categoryById: ReadonlyMap<string, Category> = new Map(categories.map((category) => [category.id, category]));
