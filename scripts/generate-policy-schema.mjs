// Makes policy.schema.json, the schema of policy files for editors, from the tables that the reader of these files goes
// by. Run by `npm run generate`.
import { writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';

register('./typescript-hooks.mjs', import.meta.url);
const { PERMISSION_TABLE, TABLE_DATE } = await import('../src/permissions/permission-table.ts');
const { OWNER, PERMISSION } = await import('../src/policy/file/names.ts');
const { ACCESS_LEVELS } = await import('../src/policy/file/permissions.ts');
const { ACTORS } = await import('../src/policy/file/limits.ts');
const { RULE_LEVELS } = await import('../src/policy/file/rules.ts');
const { RULES } = await import('../src/policy/rule-table.ts');
const { EVENT_NAMES } = await import('../src/workflow/grammar/event-names.ts');

const SCHEMA = fileURLToPath(new URL('../policy.schema.json', import.meta.url));

const ref = (name) => ({ $ref: `#/$defs/${name}` });
const object = (properties, more = {}) => ({ type: 'object', properties, additionalProperties: false, ...more });
const described = (description, schema) => ({ description, ...schema });
const oneOrMore = (items) => ({ anyOf: [items, { type: 'array', items, minItems: 1 }] });

/** A text that says something and has no expression in it. */
const TEXT = { type: 'string', pattern: '^(?![\\s\\S]*\\$\\{\\{)[\\s\\S]*\\S' };

const writable = PERMISSION_TABLE.filter(({ levels }) => levels.length > 0);
const permissionNames = writable.map(({ name }) => name);

const permissionMapping = {
  type: 'object',
  properties: Object.fromEntries(
    writable.map(({ name, levels }) => [name, { enum: ACCESS_LEVELS.filter((level) => levels.includes(level)) }]),
  ),
  additionalProperties: { enum: ACCESS_LEVELS },
};

const matchers = {
  workflows: described(
    'Name or path of the workflow file that starts the run: `release.yml`, `.github/workflows/release.yml`, `*`.',
    ref('Patterns'),
  ),
  jobs: described(
    'The job ids from the first calling job down, joined with `/`: `build`, `build/deploy`, `**`. All jobs without this key.',
    ref('Patterns'),
  ),
  called: described(
    'The file that defines the job, as the report names it: `octo-org/shared/.github/workflows/deploy.yml@v1`.',
    ref('Patterns'),
  ),
};

const levelWith = (properties) => ({
  anyOf: [ref('RuleLevel'), object({ level: ref('RuleLevel'), ...properties }, { required: ['level'] })],
});
const inProportion = described('Whether milder findings of the rule stay milder.', { type: 'boolean' });

const rules = Object.fromEntries(
  Object.entries(RULES).map(([name, { level, says, inProportion: graded }]) => {
    const common = graded === true ? 'at most ' : '';
    return [name, described(`${says} Default: ${common}${level}.`, ref(graded === true ? 'GradedRule' : 'Rule'))];
  }),
);
const ruleName = { enum: Object.keys(rules) };

const truth = (description) => ({ description, type: 'boolean', default: false });

/** What names a permission of a file without `scopes`, of its own or of what it extends, can only name those we know. */
const onlyKnown = { propertyNames: { enum: permissionNames } };
const withoutScopes = {
  if: { not: { anyOf: [{ required: ['scopes'] }, { required: ['extends'] }] } },
  then: {
    properties: {
      limits: { items: { properties: { permissions: onlyKnown } } },
      exceptions: {
        items: {
          if: { properties: { rule: { const: 'unknown-permission' } } },
          else: { properties: { permissions: oneOrMore({ enum: permissionNames }) } },
        },
      },
      actions: { additionalProperties: onlyKnown },
    },
  },
};

const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/effective-permissions/policy.schema.json',
  title: 'Policy of effective-permissions',
  description: `What the jobs of a repository may do with GITHUB_TOKEN: .github/permissions-policy.yml. Permissions are those known on ${TABLE_DATE}; others can be added under \`scopes\`.`,
  ...object(
    {
      version: described('The version of this format.', { const: 1 }),
      extends: described('A shared policy: OWNER/REPOSITORY/path@ref. Here rules only go up and limits only down.', {
        type: 'string',
        pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}/(?!\\.\\.?/)[A-Za-z0-9._-]{1,100}/(?!/)[^@]+\\.ya?ml@[^@\\s]+$',
        examples: ['octo-org/.github/permissions-policy.yml@main'],
      }),
      'default-permissions': described(
        'What the setting "Workflow permissions" is, where it cannot be read. Of several levels the most restrictive counts.',
        {
          anyOf: [
            ref('Setting'),
            object(
              { enterprise: ref('Setting'), organization: ref('Setting'), repository: ref('Setting') },
              { minProperties: 1 },
            ),
          ],
        },
      ),
      'what-if': described('One setting with a value: every report then shows what that value would change.', {
        anyOf: [
          object({ 'default-permissions': ref('Setting') }, { required: ['default-permissions'] }),
          object({ visibility: { enum: ['public', 'private', 'internal'] } }, { required: ['visibility'] }),
        ],
      }),
      rules: described('The level of each rule.', object(rules)),
      limits: described('The most that jobs may get. The last entry that matches a job counts.', {
        type: 'array',
        items: ref('Limit'),
      }),
      exceptions: described('Findings that do not count, each with a reason.', {
        type: 'array',
        items: ref('Exception'),
      }),
      scopes: described('Permissions that GitHub added after the table of this tool was made, with their levels.', {
        type: 'object',
        propertyNames: { pattern: PERMISSION.source },
        additionalProperties: oneOrMore({ enum: ['read', 'write'] }),
        examples: [{ 'brand-new-scope': ['read', 'write'] }],
      }),
      'trusted-owners': described(
        'Owners of the same enterprise.',
        oneOrMore({ type: 'string', pattern: OWNER.source }),
      ),
      actions: described('What actions need, by owner/name or owner/name/path.', {
        type: 'object',
        propertyNames: {
          pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}/(?!\\.\\.?(?:/|$))[A-Za-z0-9._-]{1,100}(?:/[^@]+)?$',
        },
        additionalProperties: ref('PermissionMapping'),
      }),
      'may-loosen': described(
        'What a policy that extends this one may make milder; nothing by default.',
        object({
          rules: described('Rules whose level may go down.', { type: 'array', items: ruleName }),
          limits: truth('Whether limits may be higher.'),
          exceptions: truth('Whether exceptions, ignore comments and a baseline may excuse what this policy finds.'),
          scopes: truth('Whether permissions may be added.'),
          'trusted-owners': truth('Whether owners may be added.'),
          actions: truth('Whether the needs of actions may be added.'),
        }),
      ),
    },
    { required: ['version'] },
  ),
  ...withoutScopes,
  $defs: {
    Setting: { enum: ['read', 'write'] },
    RuleLevel: { enum: RULE_LEVELS },
    Rule: levelWith({}),
    GradedRule: levelWith({ 'in-proportion': inProportion }),
    Pattern: described('`*` within one element, `**` across `/`, `?` for one character, `[a-z]`, `[!a-z]`.', {
      type: 'string',
      pattern: '^(?!\\./|/|!|.*//|.*/$|.*\\$\\{\\{|[^[]*\\*{3}|.*\\{[^}]*,[^}]*\\})[\\s\\S]*\\S',
    }),
    Patterns: oneOrMore(ref('Pattern')),
    PermissionMapping: permissionMapping,
    Limit: object(
      {
        ...matchers,
        events: described('Events that start the run.', oneOrMore({ enum: EVENT_NAMES })),
        actors: described('Where the change comes from that starts the run.', oneOrMore({ enum: ACTORS })),
        permissions: described('The most that the job may get; what is not named is none.', {
          anyOf: [{ enum: ['read-all', 'write-all'] }, ref('PermissionMapping')],
        }),
      },
      { required: ['permissions'] },
    ),
    Exception: object(
      {
        rule: described('The rule whose findings do not count.', ruleName),
        ...matchers,
        permissions: described('Only findings about these permissions.', oneOrMore(TEXT)),
        reason: described('Why it is fine here.', TEXT),
        expires: described('The last day on which it counts, in UTC: YYYY-MM-DD.', {
          type: 'string',
          format: 'date',
          pattern: '^[1-9]\\d{3}-\\d\\d-\\d\\d$',
        }),
      },
      { required: ['rule', 'reason'] },
    ),
  },
};

const config = await prettier.resolveConfig(SCHEMA);
writeFileSync(SCHEMA, await prettier.format(JSON.stringify(schema), { ...config, parser: 'json' }));
