import type { Handset, PortOwner } from '../state/handset.ts';
import { whileConnected } from './connection.ts';
import { LockdownConversation } from './conversation.ts';

export const lockdownPort = 62_078;

/** Serves one lockdown connection. */
export function lockdownOwner(phone: Handset): PortOwner {
  return (socket) => {
    void whileConnected(socket, async (signal) => {
      const conversation = new LockdownConversation(phone, socket, signal);
      await conversation.run();
      return conversation.stream;
    });
  };
}
