import { availableParallelism } from 'node:os';

export default {
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  modulePathIgnorePatterns: ['<rootDir>/mutation/.work/'],
  transform: { '\\.ts$': '<rootDir>/scripts/jest-typescript.mjs' },
  collectCoverageFrom: ['src/**/*.ts'],
  coverageProvider: 'v8',
  // Half as many again as there are cores: what starts processes mostly waits for them.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // Some tests start the bundle as a process of its own, which takes its time on Windows.
  testTimeout: 30_000,
};
