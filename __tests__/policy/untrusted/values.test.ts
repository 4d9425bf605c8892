import { expect, test } from '@jest/globals';

import { assignedIn } from '../../../src/policy/untrusted/assignments.ts';
import { namesVariable } from '../../../src/policy/untrusted/scope.ts';
import { valuesIn } from '../../../src/policy/untrusted/values.ts';

test.each<readonly [string, readonly string[]]>([
  ['no expression at all, github.sha', []],
  ['a${{ github.sha }}b${{ env.X }}c', ['github.sha', 'env.x']],
  ["${{ github['event'].Issue.title }}", ['github.event.issue.title']],
  ['${{ (github.event).issue }}', ['github.event.issue']],
  ['${{ ((inputs.it)) }}', ['inputs.it']],
  ['${{ github.event.commits[0].message }}', ['github.event.commits.*.message']],
  ['${{ github.event.commits.*.message }}', ['github.event.commits.*.message']],
  ['${{ github[env.NAME] }}', ['github.*']],
  ['${{ inputs.a || inputs.b || inputs.c }}', ['inputs.a', 'inputs.b', 'inputs.c']],
  ['${{ inputs.a && inputs.b }}', ['inputs.b']],
  ['${{ inputs.a && inputs.b && inputs.c }}', ['inputs.c']],
  ["${{ (inputs.a && inputs.b) || 'c' }}", ['inputs.b']],
  ["${{ format('{0} {1}', inputs.a, inputs.b) }}", ['inputs.a', 'inputs.b']],
  ['${{ toJSON(github.event) }}', ['github.event']],
  ['${{ fromJSON(inputs.a).b.c }}', ['inputs.a']],
  ['${{ (fromJSON(inputs.a)).b }}', ['inputs.a']],
  ["${{ contains(inputs.a, 'x') }}", []],
  ["${{ startsWith(inputs.a, 'x') && 'y' }}", []],
  ["${{ contains(inputs.a, 'x').y }}", []],
  ["${{ hashFiles('**/x') }}", []],
  ["${{ inputs.a == 'x' }}", []],
  ["${{ 'x' }}", []],
  ['${{ 1 }}', []],
  // GitHub refuses these.
  ['${{ github.sha', []],
  ['${{ }}', []],
  ['${{ github. }}', []],
  ['${{ nothing.x }}', []],
])('the values that %s takes in', (text, values) => {
  expect(valuesIn(text).map((path) => path.join('.'))).toEqual(values);
});

test.each<readonly [string, string, boolean]>([
  ['echo $NAME', 'NAME', true],
  ['echo "${NAME}"', 'NAME', true],
  ['Write-Output $env:name', 'NAME', true],
  ['echo $NAME_2', 'NAME', false],
  ['echo NAME', 'NAME', false],
  ['echo $OTHER', 'NAME', false],
  ['echo $A.B', 'A.B', false],
  ['echo $A+$B', '$A+', false],
  ['echo $A', '(A', false],
])('whether %s names the variable %s', (script, name, is) => {
  expect(namesVariable(script, name)).toBe(is);
});

test.each<readonly [string, string, readonly string[]]>([
  ['echo "name=$TITLE" >> $GITHUB_OUTPUT', 'name', ['$TITLE" >> $GITHUB_OUTPUT']],
  ["NAME=a\n'Name=b'", 'name', ['a', "b'"]],
  ['rename=a', 'name', []],
  ['echo name', 'name', []],
  ['a=b', 'name', []],
  ['a.b=c', 'a.b', []],
  ['x (a=1', '(a', []],
  ['x a)=1', 'a)', []],
  ["core.setOutput('name', context.payload.issue?.Title)", 'name', ['github.event.issue.title']],
  ['core.exportVariable( "name" , context.payload.comment.body)', 'name', ['github.event.comment.body']],
  ["core.setOutput('name', text)", 'name', []],
  ["core.setOutput('other', context.payload.issue.title); name()", 'name', []],
])('what %s gives %s', (script, name, given) => {
  const { texts, paths } = assignedIn(script, name);
  expect([...texts, ...paths.map((path) => path.join('.'))]).toEqual(given);
});
