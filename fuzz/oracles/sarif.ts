import { sarifErrors } from '../../__tests__/report/sarif-errors.ts';
import type { Report } from '../../src/model/report.ts';
import { sarifReport } from '../../src/report/sarif/sarif-log.ts';
import { must } from '../target.ts';

type Log = ReturnType<typeof sarifReport>['log'];

/** A report as SARIF. */
export function sarifOf(report: Report): Log {
  const options = { prefix: '', withSuppressed: true, digest: (text: string) => `${text.length}`, fixesOf: () => [] };
  return sarifReport(report, options).log;
}

/** SARIF is JSON, and each of its addresses is one; the schema takes long, and is asked when told so. */
export function checkSarif(log: Log, withSchema: boolean): void {
  // The rules are always the same.
  const results = log.runs.map((run) => run.results);
  for (const uri of urisIn(JSON.parse(JSON.stringify(results)))) {
    must(/^[!-~]*$/.test(uri), () => `no address: ${JSON.stringify(uri)}`);
    must(URL.canParse(uri, 'file:///root/'), () => `no address: ${JSON.stringify(uri)}`);
  }
  if (!withSchema) return;
  const [error] = sarifErrors(log);
  must(error === undefined, () => `SARIF: ${error}`);
}

function urisIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === 'uri' && typeof one === 'string' ? [one] : urisIn(one),
  );
}
