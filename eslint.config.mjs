/**
 * House rules that a tool can hold. The import directions stand here as patterns, so that nobody has to remember them:
 * main → app → {http, gateway, control, scheduler, store, compat, access, webhooks} → domain; embedded knows nothing of the rest.
 */
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const rooms = ['http', 'gateway', 'control', 'scheduler', 'store', 'compat', 'access', 'webhooks'];
const above = ['main', 'app', 'duties', 'config'];

/** Forbids imports of the named folders and files of `src`, however far up they are from the importing file, or from `up` on. */
const never = (folders, files, message, up = 1) => [
  { regex: `^(\\.\\./){${up},}(${folders.join('|')})/`, message },
  { regex: `^(\\.\\./){${up},}(${files.join('|')})\\.js$`, message },
];

const restrict = (files, ...patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: patterns.flat() }] },
});

const nobodyImports = {
  regex: '^(\\.\\./)+(clients|tests|scripts|dist)/',
  message: 'src stands on its own; clients, tests and scripts stand on it.',
};
const contractTypes = {
  regex: '^(\\.\\./)+generated/',
  message: 'Only http and gateway speak the contract; map to domain types there.',
};

const roomRules = rooms.map((room) =>
  restrict(
    [`src/${room}/**/*.ts`],
    never(
      [...rooms.filter((other) => other !== room), 'embedded'],
      above,
      'Rooms do not import each other, nor what is above them; app.ts hands them ports.',
    ),
    nobodyImports,
    ...(room === 'http' || room === 'gateway' ? [] : [contractTypes]),
  ),
);

const directions = [
  ...roomRules,
  // A folder of the domain may have the name of a room.
  ...[
    ['src/domain/*.ts', 1],
    ['src/domain/*/**/*.ts', 2],
  ].map(([files, up]) =>
    restrict(
      [files],
      never(
        [...rooms, 'embedded', 'generated'],
        [...above, 'failpoints'],
        'The domain imports only itself.',
        up,
      ),
      { regex: '^[^.]', message: 'The domain is pure: no packages, no I/O. Take it as a port.' },
      nobodyImports,
    ),
  ),
  restrict(
    ['src/embedded/**/*.ts'],
    never(
      [...rooms, 'domain', 'generated'],
      above,
      'The embedded store knows nothing of the rest.',
    ),
    nobodyImports,
  ),
  restrict(
    ['src/maintenance/**/*.ts'],
    never(
      [...rooms, 'domain', 'generated'],
      above,
      'Commands on the files of the embedded store know nothing of the manager.',
    ),
    nobodyImports,
  ),
  restrict(
    ['src/*.ts'],
    { regex: '^\\./main\\.js$', message: 'Nothing imports main.' },
    contractTypes,
    nobodyImports,
  ),
];

const typed = {
  files: ['**/*.ts', '**/*.tsx'],
  languageOptions: {
    parserOptions: {
      project: ['./tsconfig.check.json', './clients/dashboard/tsconfig.json'],
      tsconfigRootDir: import.meta.dirname,
    },
  },
  plugins: { 'import-x': importX },
  settings: {
    'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    'import-x/resolver-next': [
      createNodeResolver({
        extensions: ['.ts', '.tsx', '.js'],
        extensionAlias: { '.js': ['.ts', '.tsx', '.js'] },
      }),
    ],
  },
  rules: {
    '@typescript-eslint/await-thenable': 'error',
    '@typescript-eslint/consistent-type-imports': [
      'error',
      { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
    ],
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/no-unsafe-argument': 'error',
    '@typescript-eslint/no-unsafe-assignment': 'error',
    '@typescript-eslint/no-unsafe-call': 'error',
    '@typescript-eslint/no-unsafe-member-access': 'error',
    '@typescript-eslint/no-unsafe-return': 'error',
    '@typescript-eslint/no-unused-vars': [
      'error',
      { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
    ],
    '@typescript-eslint/only-throw-error': 'error',
    '@typescript-eslint/prefer-promise-reject-errors': 'error',
    '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
    '@typescript-eslint/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: true },
    ],
    eqeqeq: 'error',
    'import-x/no-cycle': ['error', { ignoreExternal: true }],
    'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
    'no-console': 'error',
  },
};

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/generated/',
      '**/.venv/',
      'coverage/',
      'data/',
      'bench-results/',
      'clients/typescript/docs/',
    ],
  },
  // A rule that does not fit is changed here, for all to see, and not switched off in a file.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
  js.configs.recommended,
  tseslint.configs.strict,
  typed,
  {
    files: ['src/**/*.ts', 'clients/*/src/**/*.ts', 'clients/*/src/**/*.tsx'],
    plugins: { 'import-x': importX },
    rules: { 'import-x/no-default-export': 'error' },
  },
  {
    files: [
      'scripts/**/*.ts',
      'examples/**/*.ts',
      'tests/bench/**/*.ts',
      'tests/proof/**/*.ts',
      'tests/smoke/**/*.ts',
      'tests/ui/screenshots.ts',
      'tests/ui/bench.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    ...reactHooks.configs.flat['recommended-latest'],
    files: ['clients/dashboard/src/**/*.tsx'],
    rules: {
      ...reactHooks.configs.flat['recommended-latest'].rules,
      // Speaks of libraries that React's compiler leaves alone, and nothing is compiled by it here.
      'react-hooks/incompatible-library': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
  },
  ...directions,
);
