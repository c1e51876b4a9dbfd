export { Redactor } from '../../shared/redaction.ts';
