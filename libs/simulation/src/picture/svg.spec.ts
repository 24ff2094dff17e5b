import { corners, pathThrough, widthOf, wrapped } from './svg.js';

describe('a path', () => {
  test.each([
    [
      'leaves out what lies on the way',
      [
        [0, 5],
        [1, 5],
        [2, 5],
        [2, 0],
      ],
      'M0 5H2V0',
    ],
    [
      'keeps the tip of a line that comes back',
      [
        [0, 5],
        [1, 5],
        [1, 0],
        [1, 5],
        [2, 5],
      ],
      'M0 5H1V0V5H2',
    ],
    [
      'closes over a point that is there twice',
      [
        [0, 1],
        [2, 1],
        [2, 0],
        [2, 0],
        [0, 0],
      ],
      'M0 1H2V0H0',
    ],
    [
      'goes aslant where it must',
      [
        [0, 0],
        [1, 2],
      ],
      'M0 0L1 2',
    ],
    ['of nothing is nothing', [], ''],
  ])('%s', (_, points, d) => {
    expect(pathThrough(points.map(([x = 0, y = 0]) => ({ x, y })))).toBe(d);
  });

  test('holds a value until the next', () => {
    const values = [
      { x: 0, y: 5 },
      { x: 10, y: 2 },
    ];
    expect(pathThrough(corners(values, 20))).toBe('M0 5H10V2H20');
  });
});

describe('words in a room', () => {
  const room = { width_px: 100, size_px: 12, lines: 2 };

  test('are broken between words', () => {
    expect(wrapped('the house alone draws', room)).toEqual(['the house', 'alone draws']);
  });

  test('end in an ellipsis where the room ends, and never beyond it', () => {
    const lines = wrapped('the house alone draws more than all of the mains', room);
    expect(lines).toHaveLength(2);
    expect(lines.at(-1)).toMatch(/…$/);
    for (const line of lines) expect(widthOf(line, 12)).toBeLessThanOrEqual(100);
  });

  test('a single word that is too wide is cut', () => {
    const [line = ''] = wrapped('Donaudampfschifffahrtsgesellschaft', room);
    expect(line).toMatch(/^Donau.*…$/);
    expect(widthOf(line, 12)).toBeLessThanOrEqual(100);
  });
});
