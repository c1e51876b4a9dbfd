export { english, type Translate, type WordValue } from '../shared/words.ts';
