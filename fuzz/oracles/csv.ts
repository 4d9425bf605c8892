import { csvRows } from '../../__tests__/report/csv-rows.ts';
import { must } from '../target.ts';

/** What a spreadsheet takes for a formula. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/** A table is CSV as RFC 4180 has it, each row has all columns, and no cell is a formula. */
export function checkCsv(text: string): void {
  const [columns = [], ...rows] = csvRows(text);
  for (const row of rows) {
    must(row.length === columns.length, () => `a row has other columns: ${JSON.stringify(row)}`);
    const formula = row.find((cell) => FORMULA.test(cell));
    must(formula === undefined, () => `a spreadsheet would compute ${JSON.stringify(formula)}`);
  }
}
