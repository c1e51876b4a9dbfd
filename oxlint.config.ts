import { defineConfig } from 'oxlint';
import { borders } from './scripts/lint/borders.mjs';

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'import', 'oxc'],
  categories: { correctness: 'error', suspicious: 'warn' },
  ignorePatterns: ['dist', 'test-results', '.vscode-test'],
  rules: {
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'import/no-default-export': 'error',
    'import/no-cycle': 'error',
    'import/no-unassigned-import': ['warn', { allow: ['**/*.css', '**/v8-flags.ts'] }],
    'no-warning-comments': 'error',
    eqeqeq: 'error',
    'prefer-const': 'error',
    'max-params': ['error', 5],
    'max-depth': ['error', 4],
    'max-lines': ['warn', { max: 300 }],
    'max-lines-per-function': ['warn', { max: 45, skipComments: true, skipBlankLines: true }],
    complexity: ['error', 16],
    // What follows is of the categories above, and no help here.
    'typescript/no-unsafe-type-assertion': 'off',
    'typescript/consistent-return': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/no-useless-spread': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/no-array-reverse': 'off',
    'unicorn/require-post-message-target-origin': 'off',
    'oxc/approx-constant': 'off',
    'no-new': 'off',
    'no-shadow': 'off',
    'no-unmodified-loop-condition': 'off',
  },
  overrides: [
    { files: ['test/**', 'bench/**'], rules: { 'max-lines-per-function': 'off', 'max-lines': ['warn', { max: 400 }] } },
    { files: ['oxlint.config.ts'], rules: { 'import/no-default-export': 'off' } },
    ...borders,
  ],
});
