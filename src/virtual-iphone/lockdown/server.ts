import type { Handset, PortOwner } from '../state/handset.ts';
import { whileConnected } from './connection.ts';
import { LockdownConversation } from './conversation.ts';

export const lockdownPort = 62_078;

/** Serves one lockdown connection. */
export function lockdownOwner(phone: Handset): PortOwner {
  return (link, socket) => {
    void whileConnected(phone, link, async (signal) => {
      const conversation = new LockdownConversation(phone, link, socket, signal);
      await conversation.run();
      return conversation.stream;
    });
  };
}
