import { addressBookDatabase, contactImagesDatabase } from '../databases/address-book.ts';
import type { PhoneContext } from './context.ts';
import { addDatabase } from './databases.ts';

/** Contacts, some with a picture. */
export function addPeople(context: PhoneContext): void {
  const { world, people, pictures } = context;
  const plan = addressBookDatabase(world, people);
  addDatabase(context, 'HomeDomain', 'Library/AddressBook/AddressBook.sqlitedb', plan, { modified: world.at(-40) });
  const pictured = people.filter((person) => person.id % 4 === 1);
  const images = pictured.map(({ id, guid }): readonly [number, Buffer] => {
    return [id, pictures.thumbnail(id, { at: world.at(-40), model: world.productType, id: guid })];
  });
  const imagesPath = 'Library/AddressBook/AddressBookImages.sqlitedb';
  addDatabase(context, 'HomeDomain', imagesPath, contactImagesDatabase(images), { modified: world.at(-40) });
}
