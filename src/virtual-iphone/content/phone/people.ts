import { addressBookDatabase, contactImagesDatabase } from '../databases/address-book.ts';
import type { Person } from '../story/people.ts';
import type { PhoneContext } from './context.ts';
import { addDatabase } from './databases.ts';

/** Contacts, some with a picture. */
export function addPeople(context: PhoneContext): void {
  const { world, people, pictures } = context;
  const path = 'Library/AddressBook/AddressBook.sqlitedb';
  addDatabase(context, 'HomeDomain', path, { modified: world.at(-40) }, () => addressBookDatabase(world, people));
  const pictured = people.filter((person) => person.id % 4 === 1);
  const imageOf = ({ id, guid }: Person): Buffer => pictures.thumbnail(id, { at: world.at(-40), model: world.productType, id: guid });
  const imagesPath = 'Library/AddressBook/AddressBookImages.sqlitedb';
  addDatabase(context, 'HomeDomain', imagesPath, { modified: world.at(-40) }, () => {
    return contactImagesDatabase(pictured.map((person) => [person.id, imageOf(person)]));
  });
}
