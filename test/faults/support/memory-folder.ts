import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Where temporary libraries do not wait for a disk: what is durable is the model's business. */
export const memoryFolder = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());
