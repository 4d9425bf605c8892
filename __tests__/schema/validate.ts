import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import schema from '../../report.schema.json' with { type: 'json' };

interface Validators {
  readonly report: ValidateFunction;
  readonly explanation: ValidateFunction;
}

/** Made when one is needed first, since that takes a while. */
let made: Validators | null = null;

function validators(): Validators {
  if (made !== null) return made;
  const ajv = new Ajv2020({ strict: true, strictTypes: true, strictRequired: false, allErrors: true });
  addFormats.default(ajv);
  const report = ajv.compile(schema);
  made = { report, explanation: ajv.compile({ $ref: `${schema.$id}#/$defs/Explanation` }) };
  return made;
}

/** What `report.schema.json` finds wrong with a report as it is printed; empty when nothing is. */
export function schemaErrors(report: unknown): readonly string[] {
  return errorsOf(validators().report, report);
}

/** The same for what `explain` prints. */
export function explanationErrors(explanation: unknown): readonly string[] {
  return errorsOf(validators().explanation, explanation);
}

function errorsOf(isFine: ValidateFunction, printed: unknown): readonly string[] {
  if (isFine(JSON.parse(JSON.stringify(printed)))) return [];
  return (isFine.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath}: ${message}`);
}
