import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fullSite, recordingOf, restartOf, writeTo } from '../../test/small-recording.js';
import { play, type Played } from './replay.js';
import { agreementOf, replayJson } from './result.js';

const folder = mkdtempSync(join(tmpdir(), 'fairamp-cli-'));
const fileOf = (name: string): string => join(folder, `${name}.jsonl`);
let text = '';

beforeAll(() => {
  const site = fullSite();
  text = recordingOf(site, () => site.run(40_000));
  writeTo(fileOf('full'), text);
  writeTo(fileOf('restart'), restartOf(site));
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true }));

const played = (name: string): Promise<Played> => play({ file: fileOf(name), set: {}, was: {}, config: null });
const notesIn = (one: Played): string => JSON.stringify(replayJson(one));

test('a car that was full before the recording is offered nothing that the recorded master did not', async () => {
  const full = await played('full');
  expect(agreementOf(full.comparison)).toBeGreaterThan(0.97);
  expect(full.comparison.sums.get('three')).toMatchObject({ recorded: 0, same: 0 });
  expect(notesIn(full)).toContain('as their because says: the cars of three');
});

test('without the word of its because nothing is taken for granted', async () => {
  const isOf = (line: string): boolean => line.includes('three/because');
  writeTo(
    fileOf('silent'),
    text
      .split('\n')
      .filter((line) => !isOf(line))
      .join('\n'),
  );
  const silent = await played('silent');
  expect([silent.resting, notesIn(silent).includes('to be full')]).toEqual([[], false]);
});

test('a car that is seen charging is known from its reports alone', async () => {
  const because = text.split('\n').find((line) => line.includes('three/because')) ?? '';
  const ofTwo = because.replace('/three/', '/two/');
  writeTo(fileOf('others'), text.replace(because, `${because}\n${ofTwo}`));
  expect((await played('others')).resting).toEqual(['three']);
});

test('a master that is restarted in the recording forgets it, here too', async () => {
  expect(agreementOf((await played('restart')).comparison)).toBeGreaterThan(0.95);
});
