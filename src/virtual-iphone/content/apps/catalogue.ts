import type { Genre } from './genres.ts';

/** An app as it stands in the catalogue; plug-ins are named by the last part of their bundle id. */
export interface CatalogueApp {
  readonly bundleId: string;
  readonly name: string;
  readonly genre: Genre;
  readonly groups: readonly string[];
  readonly plugins: readonly string[];
}

function app(bundleId: string, name: string, genre: Genre, plugins = '', ...groups: string[]): CatalogueApp {
  return { bundleId, name, genre, groups, plugins: plugins.split(' ').filter((plugin) => plugin !== '') };
}

/** What a person installed; the first is on every phone. Apps of `example` organisations are made up. */
export const userApps: readonly CatalogueApp[] = [
  app('net.whatsapp.WhatsApp', 'WhatsApp', 'messenger', 'ShareExtension NotificationExtension', 'group.net.whatsapp.WhatsApp.shared'),
  app('org.whispersystems.signal', 'Signal', 'messenger', 'shareextension NotificationService', 'group.org.whispersystems.signal.group'),
  app('ph.telegra.Telegraph', 'Telegram', 'messenger', 'Share NotificationService Widget', 'group.ph.telegra.Telegraph'),
  app('com.example.trailmap', 'Trail Map', 'tool', 'Widget', 'group.com.example.trailmap'),
  app('com.example.photogrid', 'Photo Grid', 'social', 'ShareExtension', 'group.com.example.photogrid'),
  app('com.example.clips', 'Clips & Reels', 'social', 'ShareExtension NotificationService'),
  app('com.example.tunes', 'Tunes', 'streaming', 'Widget Siri', 'group.com.example.tunes'),
  app('com.example.filmhouse', 'Film House', 'streaming', 'TopShelf'),
  app('com.example.podcatcher', 'Podcatcher', 'streaming', 'Widget', 'group.com.example.podcatcher'),
  app('com.example.blocks', 'Falling Blocks', 'game', 'Stickers'),
  app('com.example.racing-legends', 'Racing Legends', 'game'),
  app('com.example.chessclub', 'Chess Club', 'game', 'Messages', 'group.com.example.chessclub'),
  app('com.example.bank', 'City Bank', 'tool', 'Wallet', 'group.com.example.bank'),
  app('com.example.transit', 'Transit', 'tool', 'Widget Siri', 'group.com.example.transit'),
  app('com.example.scanner', 'Paper Scanner', 'office', 'ShareExtension', 'group.com.example.scanner'),
  app('com.example.writer', 'Writer', 'office', 'QuickLook FileProvider', 'group.com.example.writer'),
  app('com.example.sheets', 'Tables', 'office', 'QuickLook', 'group.com.example.sheets'),
  app('com.example.recipes', 'Recipes', 'tool', 'ShareExtension', 'group.com.example.recipes'),
  app('com.example.runlog', 'Run Log', 'tool', 'Watch Widget', 'group.com.example.runlog'),
  app('com.example.passsafe', 'Pass Safe', 'tool', 'AutoFill', 'group.com.example.passsafe'),
  app('com.example.translate', 'Translate It', 'tool', 'Keyboard', 'group.com.example.translate'),
  app('com.example.weatherly', 'Weatherly', 'tool', 'Widget', 'group.com.example.weatherly'),
];

/** Groups of Apple's own apps. */
const appleGroups: Readonly<Record<string, readonly string[]>> = {
  'com.apple.mobilenotes': ['group.com.apple.notes'],
  'com.apple.VoiceMemos': ['group.com.apple.VoiceMemos.shared'],
  'com.apple.DocumentsApp': ['group.com.apple.FileProvider.LocalStorage'],
  'com.apple.reminders': ['group.com.apple.reminders'],
  'com.apple.podcasts': ['243LU875E5.groups.com.apple.podcasts'],
  'com.apple.iBooks': ['group.com.apple.iBooks'],
  'com.apple.weather': ['group.com.apple.weather'],
  'com.apple.stocks': ['group.com.apple.stocks'],
  'com.apple.Maps': ['group.com.apple.Maps'],
  'com.apple.mobilesafari': ['group.com.apple.safari'],
  'com.apple.mobilemail': ['group.com.apple.mail'],
  'com.apple.shortcuts': ['group.is.workflow.my.app'],
  'com.apple.news': ['group.com.apple.news'],
  'com.apple.Fitness': ['group.com.apple.Fitness'],
  'com.apple.Health': ['group.com.apple.health'],
  'com.apple.Home': ['group.com.apple.Home.group'],
  'com.apple.tips': ['group.com.apple.tips'],
  'com.apple.mobilecal': ['group.com.apple.calendar'],
  'com.apple.mobileslideshow': ['group.com.apple.photolibraryd'],
  'com.apple.Translate': ['group.com.apple.Translate'],
};

const systemNames: Readonly<Record<string, string>> = {
  'com.apple.mobilesafari': 'Safari',
  'com.apple.mobilenotes': 'Notes',
  'com.apple.mobileslideshow': 'Photos',
  'com.apple.mobilephone': 'Phone',
  'com.apple.mobilecal': 'Calendar',
  'com.apple.mobilemail': 'Mail',
  'com.apple.mobiletimer': 'Clock',
  'com.apple.MobileSMS': 'Messages',
  'com.apple.MobileAddressBook': 'Contacts',
  'com.apple.DocumentsApp': 'Files',
  'com.apple.iBooks': 'Books',
  'com.apple.AppStore': 'App Store',
  'com.apple.Preferences': 'Settings',
  'com.apple.facetime': 'FaceTime',
  'com.apple.findmy': 'Find My',
  'com.apple.Passbook': 'Wallet',
};

const systemIds = `mobilesafari mobilenotes mobileslideshow mobilephone mobilecal mobilemail mobiletimer MobileSMS MobileAddressBook
DocumentsApp iBooks AppStore Preferences facetime findmy Passbook VoiceMemos reminders podcasts weather stocks Maps shortcuts news
Fitness Health Home tips Translate camera calculator compass measure Music tv Bridge MobileStore iMovie Pages Numbers Keynote Magnifier
Batteries AccountAuthenticationDialog AdSheetPhone AirDropUI AskPermissionUI AuthKitUIService BarcodeScanner BusinessChatViewService
CTCarrierSpaceAuth CarPlaySettings CheckerBoard CloudKit.ShareBear CoreAuthUI DataActivation Diagnostics FontInstallViewService
GameCenter HealthENLauncher HealthPrivacyService HomeUIService InCallService MailCompositionService MessagesViewService MusicUIService
PassbookUIService PassbookSecureUIService PhotosViewService PosterBoard PreBoard PrintKit.Print-Center RemoteiCloudQuotaUI
SIMSetupUIService SafariViewService ScreenSharingViewService ScreenshotServicesService Setup SharedWebCredentialViewService
SharingViewService SleepLockScreen Spotlight StoreKitUIService TVRemoteUIService WebSheet`
  .split(/\s+/)
  .map((id) => `com.apple.${id}`);

const systemPlugins = ['Widget', 'ShareExtension', 'Intents', 'NotificationContent', 'SpotlightIndex', 'Diagnostic'] as const;

/** Apple's apps and view services: a real phone has a container for each. */
export const systemApps: readonly CatalogueApp[] = systemIds.map((bundleId) => {
  return app(bundleId, systemNames[bundleId] ?? bundleId.slice('com.apple.'.length), 'system', '', ...(appleGroups[bundleId] ?? []));
});

/** Plug-ins of system apps, `<bundle id>.<name>`, as many as wanted. */
export function systemPluginIds(count: number): string[] {
  const all = systemPlugins.flatMap((plugin) => systemIds.map((bundleId) => `${bundleId}.${plugin}`));
  return all.slice(0, count);
}

/** Containers of system services. */
export const systemContainers: readonly string[] = `adid geod lsd mobileassetd netusage osanalytics passd siriactionsd
softwareupdateservicesd springboard.boltsd symptomsd trustd usermanagerd wcd wifid`
  .split(/\s+/)
  .map((name) => `com.apple.${name}`);

export const systemGroups: readonly string[] = `configurationprofiles mobilegestaltcache icloud.fmfcore icloud.findmy lsd.iconscache
pisco.suinfo sharedfileagent powerlog appmonitor ckksmetadata media.shared.backup mobile.installationhelperlogs mobileassetd
nsurlsessiond osanalytics ota.config safari.sandboxbroker siri.analytics storagemanagement symptoms telemetry trustd usermanager
wifi.config`
  .split(/\s+/)
  .map((name) => `systemgroup.com.apple.${name}`);
