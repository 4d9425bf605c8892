import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import schema from '../../report.schema.json' with { type: 'json' };

const ajv = new Ajv2020({ strict: true, strictTypes: true, strictRequired: false, allErrors: true });
addFormats.default(ajv);
const isValid = ajv.compile(schema);

/** What `report.schema.json` finds wrong with a report as it is printed; empty when nothing is. */
export function schemaErrors(report: unknown): readonly string[] {
  if (isValid(JSON.parse(JSON.stringify(report)))) return [];
  return (isValid.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath}: ${message}`);
}
