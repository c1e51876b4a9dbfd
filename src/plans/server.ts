import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { PlanServer } from './lsp/plan-server.ts';

// The transport is the client's choice: `--node-ipc` or `--stdio`.
new PlanServer(createConnection(ProposedFeatures.all)).start();
