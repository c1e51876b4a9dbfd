import { passwordStrength, strengthText } from '../presenters/password-strength.ts';
import type { Services } from '../services.ts';
import { t, wording } from '../wording.ts';
import { askOne, askSecret } from './ask.ts';
import type { Remark } from './ask.ts';
import type { Answer, Step, StepPlace } from './steps.ts';

/** What the questions about a new password gather. */
export interface NewPassword {
  password: string;
  remember: boolean;
}

/** Three steps: the new password with a hint at its strength, the same again, and whether to remember it. */
export function newPasswordSteps(name: string, into: NewPassword): Step[] {
  return [
    async (place) => {
      const prompt = t('New backup password for {name}. It stays on the device for all later backups, and nobody can recover it: write it down.', { name });
      const answer = await askSecret({ place, prompt, remark: strengthRemark });
      if (answer.kind === 'answer') into.password = answer.value;
      return answer.kind;
    },
    async (place) => {
      const differs = (text: string): Remark | undefined =>
        text === into.password ? undefined : { text: t('The two passwords differ.'), tone: 'warning', blocks: true };
      const answer = await askSecret({ place, prompt: t('The same password once more.'), remark: differs });
      return answer.kind;
    },
    rememberStep(into),
  ];
}

export function rememberStep(into: { remember: boolean }): Step {
  return async (place) => {
    const answer = await askRemember(place);
    if (answer.kind === 'answer') into.remember = answer.value;
    return answer.kind;
  };
}

function askRemember(place: StepPlace): Promise<Answer<boolean>> {
  return askOne({
    place,
    placeholder: t('Shall this computer remember the password?'),
    choices: [
      { label: t('Remember it'), detail: t('In the system keychain, for this device. “Forget Backup Password” removes it.'), value: true },
      { label: t('Ask each time'), detail: t('Nothing is stored.'), value: false },
    ],
  });
}

function strengthRemark(text: string): Remark {
  const strength = passwordStrength(text);
  const isBad = strength === 'short' || strength === 'weak';
  return { text: strengthText(strength, wording()), tone: isBad ? 'warning' : 'info', blocks: strength === 'short' };
}

/** What the question about the password in use gathers. */
export interface PasswordInUse {
  password: string;
  /** It does not open the newest backup, or was set here since then; see `BackupRequest`. */
  passwordIsNewer: boolean;
}

/** One step that asks for the password in use; it is tried on the newest backup where there is one. */
export function oldPasswordStep(services: Services, udid: string, name: string, into: PasswordInUse): Step {
  return async (place) => {
    const answer = await askSecret({
      place,
      prompt: t('Backup password of {name}: the one that is set now, not its passcode.', { name }),
      test: async (text) => {
        into.passwordIsNewer = await isWrong(services, udid, text);
        return into.passwordIsNewer ? mayBeNewer() : undefined;
      },
    });
    if (answer.kind === 'answer') into.password = answer.value;
    return answer.kind;
  };
}

/** The device may have got another password since its newest backup, so this is a doubt and no refusal. */
function mayBeNewer(): Remark {
  return { text: t('This password does not open the newest backup. If it was changed since then, press Enter again.'), tone: 'warning', blocks: false };
}

/** Whether the newest encrypted backup of the device says that the password is wrong; `false` where it cannot be tried. */
export async function isWrong(services: Services, udid: string, password: string): Promise<boolean> {
  const engine = await services.hub.main();
  return (await engine.testPassword(udid, password)) === false;
}
