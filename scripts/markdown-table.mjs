/** A table of Markdown. Prettier aligns it. */
export function table(head, rows) {
  const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** A `|` would end the cell, in code too. */
function cell(text) {
  return text.trim().replaceAll('|', '\\|');
}
