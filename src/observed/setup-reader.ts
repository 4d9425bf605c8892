import type { LoggedGroup } from '../model/logged-job.ts';
import type { AccessLevel } from '../model/permission.ts';

/** What the beginning of one job's log tells. */
export interface JobSetup {
  readonly name: string | null;
  readonly date: string | null;
  readonly group: LoggedGroup;
  readonly secretSource: string | null;
}

/** Reads the log of one job line by line, until its first step begins. */
export interface SetupReader {
  /** `line` has no line break, and nothing in front that `gh` wrote there. */
  read(line: string): void;
  /** No line that follows can tell more. */
  isDone(): boolean;
  end(): JobSetup;
}

/** A BOM, also one that was taken for Latin-1, and the time of the line. */
const STAMP = /^(?:\ufeff|\u00ef\u00bb\u00bf)?(?:(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?Z ?)?/;

/** Copies from GitHub's page lack the mark of the group. */
const HEADER = /^(?:##\[group\])?GITHUB_TOKEN Permissions$/;
const LEVEL = /^([A-Z][A-Za-z0-9]{0,49}): (none|read|write)$/;
/** What the runner writes behind the group. A step cannot write before these. */
const FOLLOWS = /^(?:Secret source: |Prepare workflow directory$)/;
const SECRET_SOURCE = /^Secret source: ([A-Za-z]{1,30})$/;
const NAME = /^Complete job name: (.+)$/;
const STEP = /^(?:##\[group\])?Run |^Post job cleanup\.$/;

/** How the runner begins, or the part of it that somebody copied. */
const RUNNER =
  /^(?:Current runner version: |Runner name: |Runner group name: |Machine name: |(?:##\[group\])?(?:Operating System|Virtual Environment|Virtual Environment Provisioner|Hosted Compute Agent|Machine Setup Info|Runner Image|Runner Image Provisioner|VM Image)$)/;
const RUNNER_VERSION = /^Current runner version: /;
/** What the service writes before there is a runner. Conditions are among it, with texts from strangers. */
const SERVICE =
  /^(?:Requested labels: |Requested runner group: |Job defined at: |Reusable workflow chain:|Evaluating |Waiting for a runner|Found online and idle|Job is )/;
/** A page that was copied has the name of the step and how long it took in front. */
const PAGE = /^(?:Set up job|\d+s)$/;

type State = 'begin' | 'service' | 'setup' | 'group' | 'behind' | 'done';

/**
 * Reads what the runner writes before the first step. The group counts nowhere else: a log that does not begin as the
 * runner begins has none, and whatever a step prints comes too late.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Worker/JobExtension.cs
 */
export function setupReader(): SetupReader {
  let state: State = 'begin';
  let firstDate: string | null = null;
  let groupDate: string | null = null;
  let group: LoggedGroup = { kind: 'none' };
  let levels = new Map<string, AccessLevel>();
  let secretSource: string | null = null;
  let name: string | null = null;

  function begin(text: string): State {
    if (PAGE.test(text)) return 'begin';
    if (RUNNER.test(text)) return 'setup';
    return SERVICE.test(text) ? 'service' : 'done';
  }

  function openGroup(date: string | null): State {
    groupDate = date;
    levels = new Map();
    group = { kind: 'cut' };
    return 'group';
  }

  function closeGroup(): State {
    group = levels.size === 0 ? { kind: 'empty' } : { kind: 'found', levels };
    // GitHub prints it always: a line was lost.
    if (group.kind === 'found' && !levels.has('Metadata')) group = { kind: 'unreadable' };
    return 'behind';
  }

  function readLevel(text: string): State {
    const [, permission, level] = LEVEL.exec(text) ?? [];
    if (permission !== undefined && level !== undefined && !levels.has(permission)) {
      levels.set(permission, level as AccessLevel);
      return 'group';
    }
    group = { kind: 'unreadable' };
    return 'behind';
  }

  function behind(text: string): State {
    secretSource ??= SECRET_SOURCE.exec(text)?.[1] ?? null;
    const written = NAME.exec(text)?.[1] ?? null;
    // What GitHub masked tells nothing, and has no place in a report.
    name = written === null || written.includes('***') ? null : written;
    return written !== null || STEP.test(text) ? 'done' : 'behind';
  }

  function next(text: string, date: string | null): State {
    switch (state) {
      case 'begin':
        return HEADER.test(text) ? openGroup(date) : begin(text);
      case 'service':
        return RUNNER_VERSION.test(text) ? 'setup' : 'service';
      case 'setup':
        if (HEADER.test(text)) return openGroup(date);
        if (FOLLOWS.test(text)) return behind(text);
        return STEP.test(text) ? 'done' : 'setup';
      case 'group':
        if (text === '##[endgroup]') return closeGroup();
        if (!FOLLOWS.test(text)) return readLevel(text);
        closeGroup();
        return behind(text);
      case 'behind':
        return behind(text);
      case 'done':
        return 'done';
    }
  }

  return {
    read: (line) => {
      if (state === 'done') return;
      const [stamp, date = null] = STAMP.exec(line) ?? [''];
      firstDate ??= date;
      const text = line.slice(stamp.length).trim();
      if (text !== '' && !text.startsWith('##[debug]')) state = next(text, date);
    },
    isDone: () => state === 'done',
    end: () => ({ name, date: groupDate ?? firstDate, group, secretSource }),
  };
}
