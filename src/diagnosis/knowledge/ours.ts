import type { KnowledgeRow } from './row.ts';
import { ownErrors, pymobiledevice3 } from './sources.ts';
import { nextOf, restartDevice, retry, wordsOf } from './steps.ts';

const report = { step: 'If it happens again, save a support bundle from the report and send it with a description.' };

/** Faults of this program, and of devices that do not follow the rules. */
export const ownRows: readonly KnowledgeRow[] = [
  {
    id: 'ours.crash',
    topic: 'This program',
    severity: 'warning',
    short: 'Fault of this program',
    symptom: 'A part of this program stopped unexpectedly.',
    ...wordsOf('crash.worker'),
    risk: 'What has arrived is kept; the history is as it was.',
    remedies: [retry, report],
    signs: [
      { code: 'crash.worker', weight: 0.98 },
      { code: 'crash.internal', weight: 0.98 },
    ],
    evidence: {},
    sources: [pymobiledevice3(1685)],
  },
  {
    id: 'device.hostile',
    topic: 'This program',
    severity: 'blocker',
    short: 'Do not trust it',
    symptom: 'The device names files outside of the backup.',
    ...wordsOf('data.path'),
    risk: 'Nothing was touched; such a device may be set up to attack computers.',
    remedies: [nextOf('data.path'), report],
    signs: [{ code: 'data.path', weight: 0.98 }],
    evidence: {},
    sources: ['https://github.com/momenbasel/Phosphor/issues/37', 'https://github.com/EntySec/SeaShell/pull/67'],
  },
  {
    id: 'error.other',
    topic: 'This program',
    severity: 'warning',
    short: 'Error not yet known',
    symptom: 'An error with a number that is documented nowhere.',
    sentence: 'The run ended with error {code}, for which no cause is known yet.',
    cause: '',
    risk: 'The history is as it was.',
    remedies: [restartDevice, report],
    signs: [],
    evidence: {},
    sources: [ownErrors],
  },
];
