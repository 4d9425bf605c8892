// The tables of docs/permissions.md, from the tables that the tool goes by. `register` of typescript-hooks.mjs comes before.
import { table } from './markdown-table.mjs';

const { PERMISSION_TABLE } = await import('../src/permissions/permission-table.ts');
const { LAST_SERVER, FIRST_SERVER, permissionsOn } = await import('../src/permissions/platform.ts');

const level = (text) => (text === 'none' ? '' : text);

/** What each permission can be, what gives it, and since when it is there. */
export function permissionsTable() {
  const rows = PERMISSION_TABLE.map((one) => [
    `\`${one.name}\``,
    one.levels.filter((word) => word !== 'none').join(', ') || 'none: always there',
    level(one.readAll),
    level(one.writeAll),
    level(one.defaultRead),
    level(one.defaultWrite),
    one.writeAll === 'write' ? level(one.reducedWrite) || 'nothing' : '',
    one.since.inFiles,
    one.serverSince ?? '',
  ]);
  const head = [
    'permission',
    'levels in a block',
    '`read-all`',
    '`write-all`',
    'default `read`',
    'default `write`',
    'left of `write` for forks',
    'github.com since',
    'server since',
  ];
  return table(head, rows);
}

/** The versions of GitHub Enterprise Server from which on something differs. */
export function serversTable() {
  const rows = [];
  let before = '';
  for (let minor = FIRST_SERVER.minor; minor <= LAST_SERVER.minor; minor += 1) {
    const facts = permissionsOn({ kind: 'ghes', version: { major: LAST_SERVER.major, minor } });
    const names = facts.filter(({ levels }) => levels.length > 0).map(({ name }) => `\`${name}\``);
    const defaults = facts.filter(({ name, defaultRead }) => defaultRead !== 'none' && name !== 'metadata');
    const row = [names.join(', '), defaults.map((fact) => `\`${fact.name}: ${fact.defaultRead}\``).join(', ')];
    if (row.join('|') !== before) rows.push([`${LAST_SERVER.major}.${minor}`, ...row]);
    before = row.join('|');
  }
  return table(['from version', 'permissions', 'default `read`'], rows);
}
