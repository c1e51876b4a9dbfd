import { createPhone, type VirtualPhone } from '../../../../../src/virtual-iphone/index.ts';
import type { PhoneContent, PhoneOptions } from '../../../../../src/virtual-iphone/contract.ts';
import { sampleContent } from './list-content.ts';

export const clock = new Date('2026-03-01T12:00:00Z');

/** A phone without a wire. */
export function testPhone(content: PhoneContent = sampleContent(), options: Partial<PhoneOptions> = {}): VirtualPhone {
  return createPhone({ seed: 1, clock, ios: '18.5', iterations: { sha256: 3, sha1: 2 }, ...options }, content, { services: [] });
}
