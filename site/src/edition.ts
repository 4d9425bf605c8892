import type { Edition } from './compute/compute.ts';

// Set by the build.
declare const VERSION: string;
declare const HOME: string | null;

export const EDITION: Edition = { version: VERSION, home: HOME };
