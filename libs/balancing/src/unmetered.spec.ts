import { car, decided, limits, raised, smart } from '../test/site.js';

/** It draws all of its limit, and only the mains know. */
const unmetered = (limit_dA: number) =>
  car('old', { limit_dA, maximum_dA: 240, draw_dA: 0, drawLow_dA: null, isMetered: false });
const site = (limit_dA: number, other: ReturnType<typeof car>) =>
  smart(580, 125 + limit_dA, [unmetered(limit_dA), other]);
const newcomer = car('new', { need: 'starting' });

describe('beside a car that nobody measures', () => {
  test('I15: a newcomer is made room for as the gate for raises will reckon', () => {
    // 12.5 A of house and 24 A drawn stand in the sample, and 24 A are reserved of it beside that.
    const first = decided(site(240, newcomer));
    expect(limits(first)).toEqual({ old: 155, new: 0 });
    expect(raised(first)).toEqual([]);
    const obeyed = decided(site(155, newcomer));
    expect(limits(obeyed)).toMatchObject({ new: 60 });
    expect(raised(obeyed)).toContain('new');
  });

  test('one that has a meter and does not draw yet is the cars` own, not the house`s', () => {
    const starts = car('old', { limit_dA: 240, maximum_dA: 240, draw_dA: 0 });
    expect(limits(decided(smart(580, 125, [starts, newcomer])))).toMatchObject({ old: 240 });
  });

  test('nobody is lowered for nobody', () => {
    expect(limits(decided(site(240, car('new', { need: 'none' }))))).toEqual({ old: 240, new: 0 });
  });
});
