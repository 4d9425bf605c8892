import { expect, test } from '@jest/globals';

import { Queue } from '../../fuzz/queue.ts';
import { drawFrom } from '../../fuzz/random.ts';
import { Tried } from '../../fuzz/tried.ts';

test('an input stays as long as it is the shortest for something', () => {
  const queue = new Queue();
  queue.add('a seed that is long', [1, 2], 7);
  queue.add('long', [3, 4]);
  queue.add('short', [3]);
  queue.add('new', [1, 2]);
  expect(queue.useful()).toEqual({ kept: ['long', 'short', 'new'], seeds: [] });
  const draw = drawFrom(1);
  const drawn = new Set(Array.from({ length: 100 }, () => queue.draw(draw)));
  expect([...drawn].sort()).toEqual(['long', 'new', 'short']);
});

test('an empty queue has an empty text', () => {
  expect(new Queue().draw(drawFrom(1))).toBe('');
});

test('no text counts twice, and those that only resemble it do', () => {
  const tried = new Tried(new SharedArrayBuffer(4 * 2 ** 22));
  const texts = Array.from({ length: 10_000 }, (_, number) => `on: push # ${number}`);
  expect(texts.filter((text) => tried.isNew(text))).toHaveLength(texts.length);
  expect(texts.slice(-1000).filter((text) => tried.isNew(text)).length).toBeLessThan(10);
});
