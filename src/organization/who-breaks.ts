import { excessOf } from '../calls/violations.ts';
import type { Permissions } from '../model/permission.ts';
import type { DefaultPermissions, Platform } from '../model/settings.ts';
import { mostACalleeMayAsk } from '../permissions/declared.ts';
import { parseServerVersion } from '../permissions/platform.ts';
import { fileKey } from './called-name.ts';
import type { AskedCaller, AskedFacts, OrganizationFacts, RepositoryFacts, WorkflowFacts } from './facts.ts';

/** A called workflow, and what it might ask for beside what it asks for now. */
export interface Ask {
  /** `OWNER/NAME/path`. */
  readonly file: string;
  readonly permissions: Permissions;
}

/** What decides about a call: the facts, and whose call it is. */
type World = Pick<OrganizationFacts, 'called' | 'sets' | 'repositories'>;

/**
 * Says of every call that leads to a workflow file what would become of it if the file asked for more. GitHub compares what
 * a called workflow asks with what the calling job passes on, or, where no block says that, with what the setting allows;
 * nothing is lowered, and one call that asks for too much keeps the whole run from starting.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/PermissionsHelper.cs
 */
export function whoBreaks({ called, sets, repositories }: World, ask: Ask): AskedFacts {
  const to = called.findIndex(({ file }) => fileKey(file) === fileKey(ask.file));
  const contract = called[to]?.contract ?? null;
  const asked = contract === null ? null : (sets[contract.permissions] ?? {});
  const calls = repositories.flatMap((facts, repository) =>
    facts.workflows.flatMap((workflow, index) =>
      workflow.calls.map((call, place) => ({
        facts,
        workflow,
        call,
        at: { repository, workflow: index, call: place },
      })),
    ),
  );
  return {
    file: called[to]?.file ?? ask.file,
    permissions: ask.permissions,
    isAskedAlready: asked !== null && excessOf(ask.permissions, asked, GITHUB).length === 0,
    callers: calls
      .filter(({ call }) => to >= 0 && call.to === to)
      .map(({ facts, workflow, call, at }) => ({
        ...at,
        isPinned: call.ref !== null && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(call.ref),
        ...effectOn(workflow, facts, { ask, passed: call.passes === null ? null : (sets[call.passes] ?? {}) }),
      })),
    unreadCalls: calls.filter(({ call }) => call.unread === true && call.to !== to).length,
  };
}

const GITHUB: Platform = { kind: 'github.com' };

interface Asking {
  readonly ask: Ask;
  /** What the calling job passes on; `null` where no block says it. */
  readonly passed: Permissions | null;
}

function effectOn(
  workflow: WorkflowFacts,
  { repository, defaultPermissions, platform: name }: RepositoryFacts,
  { ask, passed }: Asking,
): Pick<AskedCaller, 'effect' | 'lacks'> {
  const platform = platformOf(name);
  const lacking = (most: Permissions): AskedCaller['lacks'] =>
    excessOf(ask.permissions, most, platform).map(({ permission, requested, allowed }) => {
      return { permission, needed: requested, has: allowed };
    });
  if (workflow.outcome === 'invalid' || workflow.outcome === 'startup_failure') {
    return { effect: 'fails-already', lacks: [] };
  }
  if (passed !== null) {
    const lacks = lacking(passed);
    return { effect: lacks.length === 0 ? 'fits' : 'breaks', lacks };
  }
  if (workflow.events.every((event) => event === 'workflow_call')) return { effect: 'by-callers', lacks: [] };
  const isTrusted = ownerOf(ask.file) === ownerOf(repository);
  const possible: readonly DefaultPermissions[] =
    defaultPermissions === 'unknown' ? ['read', 'write'] : [defaultPermissions];
  const values = possible.filter((value) => value !== workflow.failsIf);
  const broken = values
    .map((value) => lacking(mostACalleeMayAsk(value, isTrusted, platform)))
    .filter((lacks) => lacks.length > 0);
  const [first] = broken;
  if (first === undefined) return { effect: 'fits', lacks: [] };
  if (broken.length === values.length) return { effect: 'breaks', lacks: first };
  // What read allows, write allows.
  return { effect: 'breaks-if-read', lacks: first };
}

function ownerOf(file: string): string {
  return file.slice(0, file.indexOf('/')).toLowerCase();
}

function platformOf(name: string): Platform {
  const version = parseServerVersion(name);
  return version === null ? GITHUB : { kind: 'ghes', version };
}
