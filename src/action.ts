import * as core from '@actions/core';

import { runAction } from './edge/action/run-action.ts';

void runAction(process.env, core);
