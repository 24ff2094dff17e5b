// What 2.07 did wrong with its settings and this does not: the items of docs/defects.md that no other test here holds.
import { defaults, parseSettings, visible } from './index.js';

const names = (changed: Partial<ReturnType<typeof defaults>>): readonly string[] => {
  return visible({ ...defaults(), ...changed }).map(({ option }) => option);
};

test('13.1 item 24: CAL is there only where something is measured by it', () => {
  expect(names({ mode: 'smart' })).toContain('CAL');
  expect(names({ mode: 'normal' })).not.toContain('CAL');
  expect(names({ mode: 'smart', loadbl: 'slave1' })).not.toContain('CAL');
});

test.each([{ mains_A: 255 }, { max_A: 5 }, { lock: 3 }])(
  '13.1 item 5: what is out of its range is refused when it is read, not only when it is typed (%j)',
  (given) => {
    expect(parseSettings(given)).toMatchObject({ ok: false });
  },
);
