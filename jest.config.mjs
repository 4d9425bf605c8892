export default {
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  modulePathIgnorePatterns: ['<rootDir>/mutation/.work/'],
  transform: { '\\.ts$': '<rootDir>/scripts/jest-typescript.mjs' },
  collectCoverageFrom: ['src/**/*.ts'],
  coverageProvider: 'v8',
  // By default jest leaves one core unused, which is half of a small machine.
  maxWorkers: '100%',
  // Some tests start the bundle as a process of its own, which takes its time on Windows.
  testTimeout: 30_000,
};
