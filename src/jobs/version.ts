export { compareVersions } from '../shared/version.ts';
