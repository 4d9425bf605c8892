/** What stands behind so many characters of a line is of no interest here. */
const MOST_OF_A_LINE = 4096;

/** Takes a text piece by piece. */
export interface LineSplitter {
  readonly write: (text: string) => void;
  readonly end: () => void;
}

/** Cuts a text that comes in pieces into its lines, and hands on the beginning of each without its line break. */
export function lineSplitter(onLine: (line: string) => void): LineSplitter {
  let line = '';
  const add = (text: string): void => {
    if (line.length < MOST_OF_A_LINE) line += text.slice(0, MOST_OF_A_LINE - line.length);
  };
  const finish = (): void => {
    const whole = line.endsWith('\r') ? line.slice(0, -1) : line;
    line = '';
    onLine(whole);
  };
  return {
    write: (text) => {
      let from = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
        add(text.slice(from, end));
        finish();
        from = end + 1;
      }
      add(text.slice(from));
    },
    end: () => {
      if (line !== '') finish();
    },
  };
}
