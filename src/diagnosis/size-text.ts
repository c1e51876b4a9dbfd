export { sizeText } from '../shared/size-text.ts';
