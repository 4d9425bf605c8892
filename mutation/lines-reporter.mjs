/** Writes each result as it comes, so that what was found is there when a run is stopped. */
import { appendFileSync } from 'node:fs';

import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

import { folderOf } from './files.mjs';
import { linesFile } from './results.mjs';

class LinesReporter {
  onMutantTested({ fileName, location, mutatorName, replacement, status, static: isStatic, statusReason, killedBy }) {
    const result = { fileName, location, mutatorName, replacement, status, isStatic, statusReason, killedBy };
    appendFileSync(linesFile(folderOf(fileName)), `${JSON.stringify(result)}\n`);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, 'lines', LinesReporter)];
