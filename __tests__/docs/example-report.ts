import { checkWithCalls } from '../../src/check.ts';
import type { Report } from '../../src/model/report.ts';
import type { Example } from './examples-in.ts';
import { inExample } from './in-example.ts';

/** Checks the files of an example as the command line does, without a network. */
export async function exampleReport(example: Example): Promise<Report> {
  return inExample(example, ({ sources, settings, read }) =>
    checkWithCalls(sources, settings, { toolVersion: '0.0.0', failOn: 'error' }, read),
  );
}
