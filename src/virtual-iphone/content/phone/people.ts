import { addressBookDatabase } from '../databases/address-book.ts';
import type { PhoneContext } from './context.ts';
import { addDatabase } from './databases.ts';

/** Contacts. */
export function addPeople(context: PhoneContext): void {
  const { world, people } = context;
  const plan = addressBookDatabase(world, people);
  addDatabase(context, 'HomeDomain', 'Library/AddressBook/AddressBook.sqlitedb', plan, { modified: world.at(-40) });
}
