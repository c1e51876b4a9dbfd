import type { Finding } from '../shared/finding.ts';
import { isPlausible } from './demand.ts';
import { isSettled, type EstimateFacts } from './facts.ts';
import { restRange, type PhoneView } from './phone-rows.ts';

type Rule = (facts: EstimateFacts, view: PhoneView) => Finding | undefined;

const info = (code: string, facts: Finding['facts'] = {}): Finding => ({ code, severity: 'info', facts });

const cloudPhotos: Rule = ({ camera, last }) =>
  camera?.isCloud === true && !last?.sizes ? info('estimate.icloud-photos', { bytes: camera.categories.get('photos')?.bytes ?? 0 }) : undefined;

const absurdApps: Rule = (_, { apps }) => (apps && apps.absurd > 0 ? info('estimate.absurd-apps', { count: apps.absurd }) : undefined);

const restUnknown: Rule = (facts, { mostData }) =>
  !facts.last && mostData === undefined && isSettled(facts, 'disk-usage') ? info('estimate.rest-unknown') : undefined;

const restTogether: Rule = (facts, view) => (!facts.last?.sizes && restRange(facts, view) ? info('estimate.rest-together') : undefined);

const implausibleDemand: Rule = ({ demand, usage }) =>
  demand === undefined || isPlausible(demand, usage)
    ? undefined
    : { code: 'estimate.demand-implausible', severity: 'warning', facts: { bytes: demand, used: usage?.used ?? 0 } };

const encryptionChanged: Rule = ({ last, isEncrypted }) =>
  last && isEncrypted !== undefined && last.isEncrypted !== isEncrypted ? info('estimate.encryption-changed', { encrypted: isEncrypted }) : undefined;

const rules: readonly Rule[] = [cloudPhotos, absurdApps, restUnknown, restTogether, implausibleDemand, encryptionChanged];

/** What has to be said beside the figures. */
export const findingsOf = (facts: EstimateFacts, view: PhoneView): Finding[] => rules.flatMap((rule) => rule(facts, view) ?? []);
