import { readFileSync } from 'node:fs';

import type { AuditPlan } from '../../model/audit-plan.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { errorMessage, systemErrorCode, ToolError } from '../tool-error.ts';

/**
 * Reads what `audit plan` wrote.
 *
 * @throws ToolError when there is no such file, or it is no plan.
 */
export function readPlan(file: string): AuditPlan {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT') {
      const help = 'audit plan OWNER writes one, and --plan FILE says where it is.';
      throw new ToolError(`There is no plan ${inQuotes(file)}. ${help}`, { path: file });
    }
    const reason = code ?? errorMessage(error);
    throw new ToolError(`The plan ${file} could not be read (${reason}).`, { path: file });
  }
  if (isPlan(value)) return value;
  throw new ToolError(`${file} is no plan. audit plan writes one.`, { path: file });
}

function isPlan(value: unknown): value is AuditPlan {
  if (typeof value !== 'object' || value === null) return false;
  const { schemaVersion, repositories, skipped } = value as Partial<Record<keyof AuditPlan, unknown>>;
  if (schemaVersion !== 1 || !Array.isArray(repositories) || !Array.isArray(skipped)) return false;
  return repositories.every(isPlanned);
}

function isPlanned(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { repository, branch, shard } = value as Record<string, unknown>;
  return typeof repository === 'string' && (branch === null || typeof branch === 'string') && typeof shard === 'number';
}
