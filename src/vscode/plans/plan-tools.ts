/*
 * A bundle of its own, `dist/plan-tools.js`: reading plans takes the YAML library, talking to their server a client
 * library, and most windows never need either.
 */

export { LanguageClient, TransportKind } from 'vscode-languageclient/node';
export * from '../../plans/index.ts';
