/** Settings of the system's services, `Library/Preferences/<id>.plist` of HomeDomain. */
export const homePreferences: readonly string[] = `Accessibility AccessibilityUtilityd accounts accountsd adplatforms aggregated airplay
akd animoji app-prediction appleaccount AppStore AppleMediaServices appstored assetsd assistant assistant.backedup atc AudioToolbox
AVFoundation avfoundation.airplay avatarui BackBoard backboardd Bluetooth bird calaccessd CallHistorySyncHelper camera camera.dictionary
carplay celestial ChatKit chronod cloudd cloudphotod CloudKit cmfsyncagent commcenter commcenter.shared conference contactsd ContextStore
ControlCenter ControlCenterUI CoreDuet coreaudio coremedia coremotion coreservices.useractivityd corespotlightui CoreTime corerecents
dataaccess.dataaccessd DataDeliveryServices demo-settings devicemanagementclient DictionaryServices dmd donotdisturbd doubletap
EmojiPreferences EmojiCache facetime.bag facetimemessagestored familycircle financed findmydevice fmflocatord FontServices GameKit gamed
gamecenter GEO Gestures geocorrection homed homesharing HearingAids HeadphoneSettings icloud.fmfd icloud.managedappleid iad.recordeddata
iapd iaps identityservices identityservicesd ids.service imagent imessage imservice.ids InputModePreferences ind internal.pegasus
itdbprep.server itunescloudd itunesstored keyboard keyboard.preferences KeyboardServices language Learning lighthouse locationd
LockoutAgent lookup.shared madrid Maps.mapspush mediaaccessibility mediaremote mediaserverd medialibrary migration mobilebluetooth
mobileassets mobilecal.alarmengine mobilenotes.shared mobileslideshow.backup mobiletimerd MobileBackup MobileBackup.shared mt
nanoregistry nanosystemsettings nearbyd newscore networkserviceproxy notificationcenterui notifications observed ondemandresources ota
osanalytics parsecd passd PeoplePicker peoplepicker.recents personalizationportrait PhotosUICore photolibraryd PlugInKit popover
powerlogd Preferences.network printd proactive PersistentURLTranslator purplebuddy purplebuddy.notbackedup quicklook rapport remindd
remotemanagementd replayd RestrictionsPasscode routined SafariBookmarksSyncAgent safari.autofill ScreenTimeAgent SearchAds seserviced
sharingd shazamd shortcuts.events siri.context siriknowledged SiriVOX SoftwareUpdateServices spotlightknowledge springboard.recents
statusbar storekit stickers suggestions suggestd symptoms tccd telephonyutilities textinput tipsd tonelibrary translationd TTY
universalaccess UserNotifications videos-preferences voicememod voicetrigger VoiceOverTouch wallet weather.widget webcontentfilter
Wallpaper WatchListKit widgets WirelessModemSettings wifid worldclock xpc.activity`
  .split(/\s+/)
  .map((name) => `com.apple.${name}`);

/** Files whose content matters to nobody but their service; the first ones of each domain are on every phone. */
export const otherSystemFiles: Readonly<Record<string, readonly string[]>> = {
  HomeDomain: [
    'Library/Mail/AutoFetchEnabled.plist',
    'Library/Mail/metadata.plist',
    'Library/SpringBoard/HomeBackground.cpbitmap',
    'Library/SpringBoard/LockBackground.cpbitmap',
    'Library/SpringBoard/applicationState.db.plist',
    'Library/Cookies/Cookies.binarycookies',
    'Library/DataAccess/AccountInformation.plist',
    'Library/BulletinBoard/VersionedSectionInfo.plist',
    'Library/BulletinBoard/ClearedSections.plist',
    'Library/ControlCenter/ModuleConfiguration.plist',
    'Library/MobileBluetooth/com.apple.MobileBluetooth.ledevices.plist',
    'Library/Passes/Cards/sample.pkpass/pass.json',
    'Library/Shortcuts/ToolKit/tools.dat',
    'Library/UserNotifications/BackupSettings.plist',
    'Library/WebClips/WebClip.webclip/Info.plist',
    'Library/Recents/recents.dat',
    'Library/Wallpapers/configuration.plist',
    'Library/com.apple.itunesstored/itunesstored2.dat',
  ],
  MediaDomain: ['Media/Recordings/Recordings.plist', 'Media/iTunes_Control/iTunes/iTunesPrefs.plist', 'Library/SMS/StickerCache/index.dat'],
  KeyboardDomain: [
    'Library/Keyboard/textReplacements.cache',
    'Library/Keyboard/user_model_database.dat',
    'Library/Keyboard/en-dynamic.lm/dynamic.dat',
  ],
  WirelessDomain: [
    'Library/Preferences/com.apple.commcenter.plist',
    'Library/Preferences/com.apple.awdd.plist',
    'Library/Preferences/com.apple.commcenter.device_specific_nobackup.plist',
    'Library/Preferences/com.apple.carrier.plist',
  ],
  SystemPreferencesDomain: [
    'SystemConfiguration/preferences.plist',
    'SystemConfiguration/com.apple.networkidentification.plist',
    'SystemConfiguration/NetworkInterfaces.plist',
    'com.apple.networkextension.plist',
  ],
  RootDomain: [
    'Library/Preferences/com.apple.MobileBackup.plist',
    'Library/Caches/locationd/clients.plist',
    'Library/Caches/locationd/consolidated.dat',
    'Library/Preferences/com.apple.mobile.installation.plist',
    'Library/Preferences/com.apple.coreduetd.plist',
  ],
  TonesDomain: ['Media/iTunes_Control/iTunes/Ringtones.plist'],
  ManagedPreferencesDomain: ['mobile/.GlobalPreferences.plist', 'mobile/com.apple.webcontentfilter.plist'],
  InstallDomain: [
    'Library/MobileInstallation/BackedUpState/SafeHarbor.plist',
    'Library/MobileInstallation/BackedUpState/UninstalledApplications.plist',
  ],
  DatabaseDomain: ['com.apple.xpc.launchd/disabled.plist', 'timezone/tz_version.plist', 'lsd/com.apple.lsdidentifiers.plist'],
};
