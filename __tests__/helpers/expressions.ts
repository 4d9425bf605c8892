import fc from 'fast-check';

import { BRANCHES, EVENTS } from './concrete-run.ts';

/** What conditions look at, and the values that they are compared with, right and wrong ones. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  'github.event_name': EVENTS,
  'github.event.action': ['opened', 'synchronize', 'closed', 'created', 'completed', 'deploy', 'published', 'labeled'],
  'github.actor': ['dependabot[bot]', 'octocat', 'mona'],
  'github.triggering_actor': ['dependabot[bot]', 'octocat'],
  'github.ref': [
    'refs/heads/main',
    'refs/heads/dev',
    'refs/tags/v1',
    'refs/tags/',
    'refs/pull/',
    'refs/heads/',
    'main',
  ],
  'github.ref_name': [...BRANCHES, 'v1', 'v'],
  'github.ref_type': ['branch', 'tag'],
  'github.base_ref': BRANCHES,
  'github.head_ref': BRANCHES,
  'github.repository': ['octo-org/octo-repo', 'mona/hello', 'Upstream/1', 'octo-org/', 'octo-org'],
  'github.repository_owner': ['octo-org', 'mona', 'upstream'],
  'github.workflow': ['CI'],
  'github.event': [],
  'github.event.pull_request': [],
  'github.event.pull_request.draft': [],
  'github.event.pull_request.merged': [],
  'github.event.pull_request.user.login': ['dependabot[bot]', 'mona'],
  'github.event.pull_request.head': [],
  'github.event.pull_request.head.ref': BRANCHES,
  'github.event.pull_request.head.repo': [],
  'github.event.pull_request.head.repo.fork': [],
  'github.event.pull_request.head.repo.full_name': ['octo-org/octo-repo', 'mona/hello', 'upstream/hello'],
  'github.event.pull_request.head.repo.owner.login': ['octo-org', 'mona'],
  'github.event.pull_request.head.repo.private': [],
  'github.event.pull_request.base.ref': BRANCHES,
  'github.event.pull_request.base.repo.full_name': ['octo-org/octo-repo'],
  'github.event.pull_request.base.repo.private': [],
  'github.event.repository': [],
  'github.event.repository.full_name': ['octo-org/octo-repo', 'mona/hello'],
  'github.event.repository.name': ['octo-repo', 'hello', '1'],
  'github.event.repository.owner.login': ['octo-org', 'mona'],
  'github.event.repository.private': [],
  'github.event.repository.visibility': ['public', 'private', 'internal'],
  'github.event.repository.fork': [],
  'github.event.repository.default_branch': BRANCHES,
  'github.event.inputs': [],
  'github.event.inputs.who': ['mona', ''],
  'github.event.issue': [],
  'github.event.issue.pull_request': [],
  'github.event.comment.body': ['/deploy', ''],
  'github.event.review': [],
  'github.event.review.state': ['approved'],
  'github.event.release': [],
  'github.event.release.name': ['v1'],
  'github.event.workflow_run': [],
  'github.event.workflow_run.event': ['push', 'pull_request'],
  'github.event.check_run': [],
  'github.event.check_suite': [],
  'github.event.deployment': [],
  'github.event.deployment.environment': ['main'],
  'github.event.discussion': [],
  'github.event.merge_group': [],
  'github.event.schedule': ['0 0 * * *'],
  'github.event.head_commit': [],
  'github.event.head_commit.message': ['[skip]'],
  'github.event.client_payload': [],
  'github.event.deleted': [],
  'github.event.nothing': [],
  'github.event.nothing.here': [],
  'github.nothing': [],
  github: [],
  inputs: [],
  'inputs.who': ['mona', ''],
  'inputs.dry': [],
  'vars.DEPLOY': ['true', 'main'],
  'needs.a.result': ['success', 'failure', 'skipped'],
  'needs.a.outputs.go': ['true'],
  needs: [],
};

const OTHER_LITERALS = [
  'null',
  'true',
  'false',
  '0',
  '1',
  '-1',
  '1.5',
  '0x1',
  'NaN',
  "''",
  "'a'",
  "'true'",
  "'1'",
  "'it''s'",
];

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The same with a letter or two in another case, which GitHub ignores. */
function anyCase(text: string): fc.Arbitrary<string> {
  return fc.constantFrom(text, text, text.toUpperCase(), text.charAt(0).toUpperCase() + text.slice(1));
}

const literal = fc.constantFrom(...OTHER_LITERALS);
const path = fc.constantFrom(...Object.keys(PATHS)).chain((name) => {
  const [first = '', ...rest] = name.split('.');
  const indexed = [first, ...rest.map((part) => `['${part}']`)].join('');
  return fc.oneof({ weight: 6, arbitrary: anyCase(name) }, { weight: 1, arbitrary: fc.constant(indexed) });
});

/** A path with a value that it is likely to be compared with. */
const pair = fc.constantFrom(...Object.entries(PATHS)).chain(([name, values]) => {
  const value = values.length === 0 ? literal : fc.constantFrom(...values.map(quoted)).chain(anyCase);
  return fc.tuple(anyCase(name), fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: literal }));
});

const COMPARISONS = ['==', '!=', '==', '!=', '<', '>', '<=', '>='];
const compared = fc
  .tuple(pair, fc.constantFrom(...COMPARISONS), fc.boolean())
  .map(([[left, right], operator, swapped]) =>
    swapped ? `${right} ${operator} ${left}` : `${left} ${operator} ${right}`,
  );
const searched = fc
  .tuple(pair, fc.constantFrom('contains', 'startsWith', 'endsWith', 'STARTSWITH'), fc.boolean())
  .map(([[left, right], name, swapped]) => (swapped ? `${name}(${right}, ${left})` : `${name}(${left}, ${right})`));
const listed = fc
  .tuple(pair, fc.uniqueArray(fc.constantFrom(...EVENTS, ...BRANCHES, 'dependabot[bot]'), { maxLength: 3 }))
  .map(([[left], values]) => `contains(fromJSON(${quoted(JSON.stringify(values))}), ${left})`);
const twoPaths = fc
  .tuple(path, fc.constantFrom('==', '!='), path)
  .map(([left, operator, right]) => `${left} ${operator} ${right}`);
const status = fc.constantFrom('success()', 'failure()', 'cancelled()', 'always()', "success('a')", "failure('a')");

/** Conditions as people write them, and many that nobody would. */
export const condition: fc.Arbitrary<string> = fc.letrec<{ expression: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { weight: 6, arbitrary: compared },
    { weight: 3, arbitrary: searched },
    { weight: 2, arbitrary: listed },
    { weight: 2, arbitrary: twoPaths },
    { weight: 3, arbitrary: path },
    { weight: 1, arbitrary: literal },
    { weight: 1, arbitrary: status },
  ),
  expression: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 5, arbitrary: tie('atom') },
    { weight: 2, arbitrary: fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `${a} && ${b}`) },
    { weight: 2, arbitrary: fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `${a} || ${b}`) },
    { weight: 2, arbitrary: tie('expression').map((inner) => `!(${inner})`) },
    { weight: 1, arbitrary: tie('atom').map((inner) => `!${inner}`) },
    { weight: 1, arbitrary: tie('expression').map((inner) => `(${inner})`) },
    { weight: 1, arbitrary: fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a}) == (${b})`) },
    { weight: 1, arbitrary: fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a}) != (${b})`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie('expression'), tie('expression'), tie('expression'))
        .map(([a, b, c]) => `case(${a}, ${b}, ${c})`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('{0}', '{0}-{1}', 'a{0}', '{{{0}', ' {1}'), tie('expression'), tie('expression'))
        .map(([text, a, b]) => `format('${text}', ${a}, ${b})`),
    },
    { weight: 1, arbitrary: tie('expression').map((inner) => `toJSON(${inner})`) },
    { weight: 1, arbitrary: tie('expression').map((inner) => `fromJSON(toJSON(${inner}))`) },
    { weight: 1, arbitrary: fc.tuple(path, tie('atom')).map(([owner, index]) => `${owner.toLowerCase()}[${index}]`) },
    { weight: 1, arbitrary: path.map((owner) => `join(${owner}.*, ',')`) },
    { weight: 1, arbitrary: fc.tuple(path, literal).map(([owner, what]) => `contains(${owner}.*.name, ${what})`) },
  ),
})).expression;
