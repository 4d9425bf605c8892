import { describe, expect, test } from '@jest/globals';
import { githubScriptUse } from '../../src/needs/actions/github-script-use.ts';
import { githubScript, stepWith } from './using.ts';

describe('actions/github-script', () => {
  test.each([
    ['await github.rest.issues.createComment({ ...context.repo, issue_number: 1, body: "hi" })', ['issues: write']],
    [
      'const { data } = await github.rest.pulls.get({ owner: context.repo.owner, repo: context.repo.repo, pull_number: 1 })',
      ['pull-requests: read'],
    ],
    ['github.issues.addLabels({ labels: ["a"] })', ['issues: write']],
    ['const pulls = await github.paginate(github.rest.pulls.list, { ...context.repo })', ['pull-requests: read']],
    [
      'for await (const page of github.paginate.iterator(github.rest.issues.listForRepo, {})) console.log(page)',
      ['issues: read'],
    ],
    ['await github.request("POST /repos/{owner}/{repo}/dispatches", { event_type: "x" })', ['contents: write']],
    ['await github.request({ method: "DELETE", url: "/repos/{owner}/{repo}/git/refs/x" })', ['contents: write']],
    ['await github.request(`GET /repos/${context.repo.owner}/${context.repo.repo}/releases`)', ['contents: read']],
    ['const { rest } = github; await rest.checks.create({})', ['checks: write']],
    ['const api = github.rest.repos; await api.createRelease({})', ['contents: write']],
    ['async function label(client) { await client.rest.issues.addLabels({}) }\nawait label(github)', ['issues: write']],
    ['await octokit.rest.actions.createWorkflowDispatch({})', ['actions: write']],
    ['await github.rest.orgs.checkMembershipForUser({ org: "octo", username: "x" })', ['! members: read']],
    ['await github.rest.repos.createDispatchEvent({ owner: "other", repo: "one" })', ['! a token for other/one']],
    ['await github.rest.gists.create({})', ["! a user's token"]],
    [
      'await github.graphql(`mutation($id: ID!) { enablePullRequestAutoMerge(input: { pullRequestId: $id }) { clientMutationId } }`, {})',
      ['contents: write', 'pull-requests: write'],
    ],
    [
      'await github.graphql(`query { repository(owner: "o", name: "n") { pullRequest(number: 1) { title reviews(first: 5) { nodes { state } } } } }`)',
      ['pull-requests: read'],
    ],
    [
      'await github.graphql(`mutation { updateProjectV2ItemFieldValue(input: {}) { clientMutationId } }`)',
      ['! projects: write'],
    ],
    ['await github.graphql(query)', ['? all']],
    ['const token = await core.getIDToken("sigstore"); core.setSecret(token)', ['id-token: write']],
    ['if (process.env.OIDC === "true") return await core.getIDToken()', ['? id-token']],
    ['const ask = async () => core.getIDToken()\ntry { await ask() } catch {}', ['? id-token']],
    ["const { getIDToken } = require('@actions/core'); await getIDToken()", ['id-token: write']],
    ['core.setOutput("number", context.issue.number); return context.payload.ref', []],
    ['console.log({ github: 1 }, "github.rest.issues.create()")', []],
    ['await helper.run(github)', ['? all']],
    ['await github.rest.issues.noSuchMethod({})', ['? all']],
    ['await github[name].create({})', ['? all']],
    ['${{ inputs.script }}', ['? all']],
    ['this is no JavaScript', ['? all']],
  ])('%s', (script, expected) => {
    expect(githubScript(script)).toEqual(expected);
  });

  test.each([
    ['try { await CALL } catch {}', { tolerated: true }],
    ['try { await CALL } catch (error) { if (error.status !== 404) throw error }', {}],
    ['try { await CALL } catch (error) { core.setFailed(error.message) }', {}],
    ['try { await CALL } finally { core.info("done") }', {}],
    ['try {} catch { await CALL }', {}],
    ['try { x() } catch {}\nawait CALL', {}],
  ])('whether %s bears a failure', (script, expected) => {
    const use = (call: string) => githubScriptUse(script.replace('CALL', call), stepWith());
    const { needs } = use('github.rest.issues.create({})');
    expect(needs.map(({ tolerated }) => ({ ...(tolerated && { tolerated }) }))).toEqual([expected]);
    const { impossible } = use('github.rest.orgs.checkMembershipForUser({ org: "octo" })');
    expect(impossible).toHaveLength('tolerated' in expected ? 0 : 1);
  });

  test('with another token it uses none of the job’s', () => {
    const script = 'await github.rest.issues.create({ title: "a" })';
    expect(githubScript(script, {}, '${{ secrets.BOT }}')).toEqual([]);
    expect(githubScript(script, {}, '${{ secrets.GITHUB_TOKEN }}')).toEqual(['issues: write']);
    expect(githubScript(script, {}, '${{ inputs.token }}')).toEqual(['? issues']);
    expect(githubScript('await core.getIDToken()', {}, '${{ secrets.BOT }}')).toEqual(['id-token: write']);
  });

  test('a script of the checkout that is handed the client is read', () => {
    const files: Record<string, string> = {
      '.github/scripts/label.js':
        'module.exports = async ({ github, context }) => { await github.rest.issues.addLabels({}) }',
    };
    const readFile = (path: string): string | null => files[path] ?? null;
    const script = "const script = require('./.github/scripts/label.js')\nawait script({ github, context })";
    expect(githubScript(script, { readFile })).toEqual(['issues: write']);
    expect(githubScript("await require('./.github/scripts/label')({ github })", { readFile })).toEqual([
      'issues: write',
    ]);
    expect(githubScript(script)).toEqual(['? all']);
  });

  test('programs that it starts', () => {
    const reach = { env: {}, git: true };
    expect(githubScript("await exec.exec('git', ['push', 'origin', 'main'])", { reach })).toEqual(['contents: write']);
    expect(githubScript("require('child_process').execSync('git status')", { reach })).toEqual([]);
    expect(githubScript('const found = /a(b)/.exec(text); pattern.exec(text)', { reach })).toEqual([]);
  });

  test('expressions stand inside of texts and outside of them', () => {
    const script =
      "const n = ${{ github.event.number }};\nawait github.rest.issues.get({ issue_number: n, title: '${{ github.ref }}' })";
    expect(githubScript(script)).toEqual(['issues: read']);
  });
});
