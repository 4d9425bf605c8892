/** What a runner writes of the job that it got: the beginning of its diagnostic log, as far as anybody here reads it. */
export function runnerLogText(
  levels: Readonly<Record<string, string>>,
  { run = '17', attempt = '1', job = 'build', name = 'build', message = '' } = {},
): string {
  const received = {
    messageType: 'PipelineAgentJobRequest',
    jobDisplayName: name,
    requestId: 12,
    contextData: {
      github: {
        t: 2,
        d: [
          { k: 'run_id', v: run },
          { k: 'run_attempt', v: attempt },
          { k: 'event', v: { t: 2, d: [{ k: 'head_commit', v: { t: 2, d: [{ k: 'message', v: message }] } }] } },
        ],
      },
    },
    variables: {
      'system.github.job': { value: job },
      'system.github.token': { value: 'secret-of-the-log', isSecret: true },
      'system.github.token.permissions': { value: JSON.stringify(levels) },
    },
  };
  return [
    '[2026-11-20 10:00:00Z INFO Worker] Message received.',
    '[2026-11-20 10:00:00Z INFO Worker] Job message:',
    ` ${JSON.stringify(received, null, 2)}`,
    '[2026-11-20 10:00:01Z INFO JobRunner] Job ID 1',
    '',
  ].join('\r\n');
}
