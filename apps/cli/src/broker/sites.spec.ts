import { chosen, listenForSites } from './sites.js';

const URL = 'mqtt://here:1883';

test.each([
  ['the only one', ['home'], null, 'home'],
  ['the one that was named', ['away', 'home'], 'home', 'home'],
])('%s is chosen', (_, heard, wanted, site) => expect(chosen(heard, wanted, URL)).toBe(site));

test.each([
  ['several', ['away', 'home'], null, ['2 sites', '--site away', '--site home', URL]],
  ['another than the one that was named', ['away'], 'home', ['--site home', 'heard: away', URL]],
  ['none at all', [], null, ['nothing is heard', URL]],
  ['none at all, and one was named', [], 'home', ['nothing is heard', URL]],
])('where %s is heard, what is heard is said', (_, heard, wanted, words) => {
  for (const word of words) expect(() => chosen(heard, wanted, URL)).toThrow(word);
});

test('only topics of ours are of a site, and mischief has a bound', () => {
  const sites = listenForSites();
  sites.hear('fairamp/home/telemetry/slave/a/report');
  sites.hear('fairamp/Home/telemetry/slave/a/report');
  sites.hear('other/away/telemetry/slave/a/report');
  for (let number = 0; number < 200; number += 1) sites.hear(`fairamp/s${number}/telemetry/slave/a/report`);
  expect(['home', 'Home', 'away', 's1', 's199'].map((site) => sites.isKnown(site))).toEqual([
    true,
    false,
    false,
    true,
    false,
  ]);
});
