import type { Duplex } from 'node:stream';
import { mbError } from '../../format/mb-errors.ts';
import type { PlistDict } from '../../plist/index.ts';
import type { Phone, Service } from '../service.ts';
import { breakLink } from '../state/wire.ts';
import { handleRequest } from './agent.ts';
import type { Answer } from './answer.ts';
import { AgentError, LinkEnded } from './errors.ts';
import { DeviceLink } from './link/device-link.ts';
import { HostFolder } from './link/host-folder.ts';
import { openConversation, requestOf, respond } from './opening.ts';

/** How long a phone that is to restart waits for the host's goodbye, in ms. A choice: real ones go down "within seconds". */
const farewellLimit = 10_000;

/** The phone's backup agent: backup, restore, password change and what else a host may ask over DeviceLink. */
export const mobileBackup2Service: Service = {
  name: 'com.apple.mobilebackup2',
  needsEscrowBag: true,
  async serve(link: Duplex, phone: Phone, signal: AbortSignal): Promise<void> {
    const conversation = new DeviceLink(link, phone);
    const stop = (): void => void link.destroy();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await converse(conversation);
    } catch (error) {
      if (!(error instanceof LinkEnded)) throw error;
      if (error.how === 'reset') breakLink(link, 'reset');
      if (error.how === 'cut') breakLink(link, 'disconnect');
    } finally {
      signal.removeEventListener('abort', stop);
      conversation.detach();
    }
  },
};

async function converse(link: DeviceLink): Promise<void> {
  const hostVersion = await openConversation(link);
  const request = requestOf(await link.receive());
  if (!request) throw new LinkEnded('cut');
  const verdict = await verdictOf(() => handleRequest(new HostFolder(link, hostVersion), request));
  try {
    await say(link, verdict);
    await link.farewell(verdict.atTheEnd ? farewellLimit : undefined);
  } finally {
    verdict.atTheEnd?.();
  }
}

/** A fault of the mood may stand in place of the verdict; the one that comes out is final. */
async function say(link: DeviceLink, { facts, afterwards }: Verdict): Promise<void> {
  try {
    await respond(link, facts).catch((error: unknown) => respond(link, errorFacts(error)));
  } finally {
    afterwards?.();
  }
}

interface Verdict extends Omit<Answer, 'content'> {
  readonly facts: PlistDict;
}

async function verdictOf(run: () => Promise<Answer>): Promise<Verdict> {
  try {
    const { content, ...endings } = await run();
    return { facts: { ErrorCode: 0, ...(content === undefined ? {} : { Content: content }) }, ...endings };
  } catch (error) {
    return { facts: errorFacts(error) };
  }
}

/** Errors of the agent are said; anything else is a fault of this program and must be seen. */
function errorFacts(error: unknown): PlistDict {
  if (!(error instanceof AgentError)) throw error;
  return { ErrorCode: error.code === 0 ? mbError.generic : error.code, ErrorDescription: error.message };
}
