import { parseDuration, parseSize, sizeWords } from './amounts.js';

test.each([
  ['90', 90_000],
  ['90s', 90_000],
  ['0.5s', 500],
  ['10m', 600_000],
  ['2h', 7_200_000],
  ['1d', 86_400_000],
])('%s is %d ms', (text, value) => expect(parseDuration(text)).toEqual({ ok: true, value }));

test.each(['', '0', '-1', '1w', '10 s', 's', '1e3', '400d', '10M', 'NaN'])('"%s" is no time, and is named', (text) => {
  expect(parseDuration(text)).toMatchObject({ ok: false, detail: expect.stringContaining(`"${text}"`) });
});

test.each([
  ['10kB', 10_000],
  ['1.5MB', 1_500_000],
  ['2GB', 2_000_000_000],
])('%s is %d bytes', (text, value) => expect(parseSize(text)).toEqual({ ok: true, value }));

test.each(['', '10', '9kB', '1TB', '2000GB', '-1MB', '1mb'])('"%s" is no size, and is named', (text) => {
  expect(parseSize(text)).toMatchObject({ ok: false, detail: expect.stringContaining(`"${text}"`) });
});

test.each([
  [950, '0.9 kB'],
  [408_104, '408.1 kB'],
  [12_345_678, '12.3 MB'],
  [1_500_000_000, '1.50 GB'],
])('%d bytes are %s', (bytes, words) => expect(sizeWords(bytes)).toBe(words));
