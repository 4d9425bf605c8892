import { describe, expect, test } from '@jest/globals';
import { shellUse } from '../../src/needs/scripts/shell-use.ts';
import { bash, GH, pwsh, short, stepWith } from './using.ts';

const GIT = { git: true };
const TOKEN = { env: { TOKEN: '${{ secrets.GITHUB_TOKEN }}' } };

describe('a step that reaches nothing needs nothing', () => {
  test.each([
    ['gh issue create -t a'],
    ['./deploy.sh && make release'],
    ['git push origin main'],
    ['curl -X POST https://api.github.com/repos/octo/hello/issues'],
    ['python tool.py'],
    ['docker push ghcr.io/octo/hello'],
  ])('%s', (script) => {
    expect(bash(script)).toEqual([]);
  });
});

describe('git with the credentials of a checkout', () => {
  test.each([
    ['git push', ['contents: write']],
    ['git -C docs push origin HEAD:gh-pages --force', ['contents: write']],
    ['git tag v1\ngit push --tags', ['contents: write']],
    ['git fetch --tags', ['contents: read']],
    ['git pull --rebase origin main', ['contents: read']],
    ['git commit -am x\ngit log\ngit status', []],
    ['git clone https://github.com/other/one', []],
    ['git clone "$ANY" beside', []],
    ['git push git@github.com:octo/hello.git', []],
    ['git push "$REMOTE" main', ['? contents']],
    ['git push upstream main', ['? contents']],
    ['git remote add heroku https://git.heroku.com/x.git\ngit push heroku main', []],
    ['git remote set-url origin https://x:${{ secrets.BOT }}@github.com/octo/hello\ngit push', ['? contents']],
    ['npm ci\nnpm test -- --ci\nnpm run lint:fix', []],
    ['go test ./...\ncargo build --release\npytest -q\n./gradlew check\nmvn -B verify', []],
    ['mkdir -p out && cp -r a out/ && echo done | tee log && sudo apt-get install -y jq', []],
    ['./release.sh', ['? contents']],
    ['make', []],
    ['make -j 4 -C docs html.test lint', ['? contents']],
    ['make -j 4 CC=gcc -C docs lint test-unit', []],
    ['make release', ['? contents']],
    ['just', ['? contents']],
    ['just test', []],
    ['npm run deploy', ['? contents']],
    ['mvn -B deploy', ['? contents']],
    ['unknown-program', ['? contents']],
    ['$PROGRAM x', ['? contents']],
    ['uv run pytest\nnpx eslint .\nbundle exec rspec\npoetry run mypy', []],
  ])('%s', (script, expected) => {
    expect(bash(script, GIT)).toEqual(expected);
  });

  test('git can be given the token in an address or a setting', () => {
    const url = 'https://x-access-token:${{ github.token }}@github.com/${{ github.repository }}';
    expect(bash(`git push ${url} HEAD:main`)).toEqual(['contents: write']);
    expect(bash(`git remote set-url origin ${url}.git\ngit push origin main`)).toEqual(['contents: write']);
    expect(bash('git push https://x:${{ secrets.BOT }}@github.com/octo/hello main')).toEqual([]);
  });
});

describe('curl and wget', () => {
  const H = '-H "Authorization: Bearer $TOKEN"';
  test.each([
    [`curl ${H} https://api.github.com/repos/octo/hello/pulls`, ['pull-requests: read']],
    [`curl -X POST ${H} -d '{}' $GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues`, ['issues: write']],
    [
      `curl --request POST --url \${{ github.api_url }}/repos/\${{ github.repository }}/issues ${H} --data '{}'`,
      ['issues: write'],
    ],
    [`curl -s ${H} https://api.github.com/repos/cli/cli/releases/latest | jq -r .tag_name`, []],
    [`V=$(curl -s ${H} https://api.github.com/repos/cli/cli/releases/latest)\nmake V="$V" > v`, ['? all']],
    [`curl -s ${H} https://api.github.com/repos/octo/hello/zipball | docker load`, ['? all']],
    [`curl -sSLd @body.json ${H} https://ghe.example.com/api/v3/repos/octo/hello/issues`, ['issues: write']],
    [
      `curl -u x:\${{ github.token }} https://api.github.com/repos/octo/hello/statuses/abc -d '{}'`,
      ['statuses: write'],
    ],
    [
      `wget --header "Authorization: token $TOKEN" https://api.github.com/repos/octo/hello/contents/a`,
      ['contents: read'],
    ],
    [
      `curl ${H} -d '{"query":"query { repository(owner: \\"o\\", name: \\"n\\") { issues(first: 1) { totalCount } } }"}' https://api.github.com/graphql`,
      ['issues: read'],
    ],
    [`curl ${H} "$SOMEWHERE"`, ['? all']],
    [`curl ${H} https://example.com/hook`, ['? all']],
    ['curl -fsSL https://example.com/install -o x', []],
    ['curl https://api.github.com/repos/octo/hello/issues', []],
  ])('%s', (script, expected) => {
    expect(bash(script, TOKEN)).toEqual(expected);
  });

  test("GitHub's own example on a server: an issue made with curl", () => {
    const script = `curl --request POST \\
      --url http(s)://HOSTNAME/api/v3/repos/\${{ github.repository }}/issues \\
      --header 'authorization: Bearer \${{ secrets.GITHUB_TOKEN }}' \\
      --data '{ "title": "Automated issue" }' --fail`.replace('http(s)', 'https');
    expect(bash(script)).toEqual(['issues: write']);
  });
});

describe('registries and identity tokens', () => {
  const LOGIN = 'echo "$TOKEN" | docker login ghcr.io -u x --password-stdin\n';
  test.each([
    [`${LOGIN}docker push ghcr.io/octo/hello:1`, ['packages: write']],
    [`${LOGIN}docker buildx build --push -t ghcr.io/octo/hello .`, ['packages: write']],
    [`${LOGIN}docker push "$IMAGE"`, ['? packages']],
    [`${LOGIN}docker push docker.io/octo/hello`, []],
    [`docker push ghcr.io/octo/hello`, []],
    [`docker run -e TOKEN alpine true`, ['? all']],
    ['docker build .', []],
    [`${LOGIN}docker build .`, ['packages: read']],
    [`${LOGIN}docker compose build`, ['packages: read']],
    [`${LOGIN}docker images`, []],
    [
      'dotnet nuget push a.nupkg --source https://nuget.pkg.github.com/octo/index.json --api-key $TOKEN',
      ['packages: write'],
    ],
    ['NODE_AUTH_TOKEN=$TOKEN npm publish', ['packages: write']],
  ])('%s', (script, expected) => {
    expect(bash(script, TOKEN)).toEqual(expected);
  });

  test.each([
    [
      'curl -H "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" "$ACTIONS_ID_TOKEN_REQUEST_URL"',
      ['id-token: write'],
    ],
    ['cosign sign --yes ghcr.io/octo/hello@sha256:1', ['id-token: write']],
    ['cosign sign --key cosign.key image', []],
    ['cosign verify image', []],
    ['npm publish --provenance', ['id-token: write']],
    ['twine upload dist/*', ['? id-token']],
    ['TWINE_PASSWORD=x twine upload dist/*', []],
    ['twine upload --attestations dist/*', ['id-token: write']],
    ['uv publish --trusted-publishing always', ['id-token: write']],
  ])('%s', (script, expected) => {
    expect(bash(script)).toEqual(expected);
  });

  test('where the job may ask for an identity token, every program can', () => {
    expect(bash('./unknown', { identity: true })).toEqual(['? id-token']);
    expect(bash('npm ci && tsc', { identity: true })).toEqual([]);
  });
});

describe('an API token in the environment', () => {
  test.each([
    ['./script.sh', ['? all']],
    ['npm test', ['? all']],
    ['eval "$COMMAND"', ['? all']],
    ['node -e "console.log(1 + 1)"', []],
    ['node -p "require(\'./package.json\').version"', []],
    ['node -e "fetch(process.env.URL)"', ['? all']],
    ['node -e "require(\'@actions/core\').getIDToken().then(console.log)"', ['id-token: write']],
    ['python -c "import json, sys; print(json.load(sys.stdin))"', []],
    ['python -c "import requests"', ['? all']],
    ['jq . a.json && sed -i s/a/b/ c && ls', []],
    ['if [ -z "$TOKEN" ]; then echo none; exit 1; fi', []],
    ['echo "TOKEN=$TOKEN" >> $GITHUB_ENV\nls', []],
  ])('%s', (script, expected) => {
    expect(bash(script, TOKEN)).toEqual(expected);
  });

  test('a token that is written down is there for the next steps', () => {
    expect(shellUse('echo "T=$TOKEN" >> "$GITHUB_ENV"', 'bash', stepWith(TOKEN)).leaves.stored).toBe(true);
    expect(shellUse('echo "${#TOKEN}" >> log', 'bash', stepWith(GH)).leaves.stored).toBe(false);
    expect(bash('./any', { stored: true })).toEqual(['? all']);
    expect(bash('gh issue create -t a', { stored: true })).toEqual(['? issues']);
    expect(bash('gh issue create -t a', { ghLogin: true })).toEqual(['issues: write']);
    expect(bash('echo "//npm.pkg.github.com/:_authToken=$TOKEN" > .npmrc\nnpm publish', TOKEN)).toEqual(['? all']);
  });

  test('only the command that is handed the token can use it', () => {
    const script =
      './build.sh\ncurl -H "Authorization: token ${{ github.token }}" https://api.github.com/repos/octo/hello/issues';
    expect(bash(script)).toEqual(['issues: read']);
  });
});

describe('forms of scripts', () => {
  test.each([
    ['pipeline', 'echo a | gh issue create -F -'],
    ['function', 'make_it() { gh issue create -t "$1"; }\nmake_it now'],
    ['if', 'if [[ $A == b ]]; then gh issue create -t a; else echo no; fi'],
    ['loops', 'for n in 1 2; do while read -r x; do gh issue create -t "$x"; done < list; done'],
    ['case', 'case $A in a) gh issue create -t a ;; esac'],
    ['subshell', '(cd docs && gh issue create -t a)'],
    ['substitution', 'URL=$(gh issue create -t a)\necho "$URL"'],
    ['backticks', 'echo `gh issue create -t a`'],
    ['here-document', 'gh issue create -F - <<EOF\ntext $(date)\nEOF'],
    ['nested shell', "bash -euc 'gh issue create -t a'"],
    ['a script on the input', 'bash <<EOF\ngh issue create -t a\nEOF'],
    ['wrappers', 'sudo -E env A=b timeout 5 gh issue create -t a'],
    ['xargs', 'cat list | xargs -n 1 gh issue create -t'],
    ['find', 'find . -name x -exec gh issue create -F {} ;'],
    ['continued line', 'gh issue \\\n  create -t a'],
    ['variables', 'VERB=create\nKIND=issue\ngh $KIND "$VERB" -t a'],
    ['background', 'gh issue create -t a & wait'],
  ])('%s', (_, script) => {
    expect(bash(script, GH)).toEqual(['issues: write']);
  });

  test('a variable whose value depends is not known', () => {
    const script = 'METHOD=GET\nif $SEND; then METHOD=POST; fi\ngh api -X $METHOD repos/{owner}/{repo}/issues';
    expect(bash(script, GH)).toEqual(['? all']);
  });

  test('local scripts are read where they are at hand', () => {
    const files: Record<string, string> = {
      'ci/issue.sh': '#!/usr/bin/env bash\ngh issue create -t a',
      'ci/outer.sh': 'source ./ci/issue.sh',
    };
    const readFile = (path: string): string | null => files[path] ?? null;
    expect(bash('./ci/issue.sh', GH, { readFile })).toEqual(['issues: write']);
    expect(bash('bash ci/outer.sh', GH, { readFile })).toEqual(['issues: write']);
    expect(bash('./ci/none.sh', GH, { readFile })).toEqual(['? all']);
  });

  test('what cannot be parsed leaves open what can be reached', () => {
    expect(bash('if true; then', GIT)).toEqual(['? contents']);
    expect(bash('if true; then')).toEqual([]);
  });
});

describe('other shells', () => {
  test.each([
    ['gh issue create --title a', ['issues: write']],
    ['$url = gh pr create --fill\nWrite-Host $url', ['pull-requests: write']],
    ['if ($a) { gh release create v1 } else { Write-Output no }', ['contents: write']],
    ['Get-ChildItem | ForEach-Object { gh release upload v1 $_ }', ['contents: write']],
    ['# gh issue create\n<# gh issue create #>\nWrite-Host "gh issue create"', []],
    ['& ./tool.exe', ['? all']],
    ['gh api `\n  -X DELETE "repos/$env:GITHUB_REPOSITORY/git/refs/x"', ['contents: write']],
  ])('PowerShell: %s', (script, expected) => {
    expect(pwsh(script, GH)).toEqual(expected);
  });

  test.each([
    ['@echo off\r\ncall gh issue create -t a', ['issues: write']],
    ['if exist a.txt gh release create v1', ['contents: write']],
    ['rem gh issue create\nset A=b && echo %A%', []],
  ])('cmd: %s', (script, expected) => {
    expect(short(shellUse(script, 'cmd', stepWith(GH)))).toEqual(expected);
  });

  test('a shell without a reader leaves open what can be reached', () => {
    expect(short(shellUse('print(1)', 'python', stepWith(GH)))).toEqual(['? all']);
    expect(short(shellUse('print(1)', 'perl {0}', stepWith(GIT)))).toEqual(['? contents']);
    expect(short(shellUse('print(1)', 'python', stepWith()))).toEqual([]);
  });
});

test.each<readonly [string, readonly string[]]>([
  ['go run ./cmd/debug', ['? id-token']],
  ['npm test', ['? id-token']],
  ['make', ['? id-token']],
  ['npm ci', []],
  ['go build ./... && eslint .', []],
])(
  'a build command of a job with an identity token may ask for it where it runs code of the repository: %s',
  (script, expected) => {
    expect(bash(script, { identity: true })).toEqual(expected);
    expect(bash(script)).toEqual([]);
  },
);
