import { readFileSync } from 'node:fs';

import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** The schema of OASIS is of draft 4, which draft 7 differs from in the name of one keyword here. */
const { id, ...schema } = JSON.parse(
  readFileSync(new URL('fixtures/sarif-schema-2.1.0.json', import.meta.url), 'utf8'),
) as { readonly id: string };

/** Made when it is needed first, since that takes a while. */
let made: ValidateFunction | null = null;

function validator(): ValidateFunction {
  if (made !== null) return made;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  made = ajv.compile({ ...schema, $schema: 'http://json-schema.org/draft-07/schema#', $id: id });
  return made;
}

/** What the official schema finds wrong with a SARIF file; empty when nothing is. */
export function sarifErrors(log: unknown): readonly string[] {
  const isValid = validator();
  if (isValid(JSON.parse(JSON.stringify(log)))) return [];
  return (isValid.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath}: ${message}`);
}
