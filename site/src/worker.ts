import { answerTo } from './compute/compute.ts';
import type { Question, Reply } from './compute/messages.ts';
import { EDITION } from './edition.ts';

/** The part of a worker's global scope that is used here. */
interface Scope {
  onmessage: ((event: MessageEvent<Question>) => void) | null;
  postMessage(reply: Reply): void;
}

const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data }) => void reply(data).then((answer) => scope.postMessage(answer));

async function reply({ kind, id, input }: Question): Promise<Reply> {
  try {
    if (kind === 'check') return { kind: 'answer', id, answer: await answerTo(input, EDITION) };
    // Loaded here: few visitors press the button, and it needs the package that reads all of YAML.
    const { fixedFiles } = await import('./compute/fix.ts');
    return { kind: 'fixed', id, fixed: await fixedFiles(input, EDITION) };
  } catch (error) {
    return { kind: 'failed', id, message: error instanceof Error ? error.message : String(error) };
  }
}
