// The manual's screw terminals, and which of them a board must name: what is wired must stand in the plan that an
// electrician reads, and what stands there must be wired to something.

/** B stands twice on the module: beside A it is the RS485 wire, beside R and W the blue wire of the lock. */
export const TERMINALS = ['A', 'B', '12V', 'GND', 'LED', 'SW', '3', 'lock-B', 'lock-R', 'lock-W', 'PP', 'CP'] as const;
export type Terminal = (typeof TERMINALS)[number];

/** What a board has beside pilot and contactor. */
export type SettingsOfBoard = Readonly<
  Record<'proximity' | 'lock' | 'switch' | 'residual' | 'led' | 'serial', boolean>
>;

const TERMINALS_OF: Readonly<Record<keyof SettingsOfBoard, readonly Terminal[]>> = {
  proximity: ['PP'],
  lock: ['lock-B', 'lock-R', 'lock-W'],
  switch: ['SW'],
  residual: ['3'],
  led: ['LED'],
  serial: ['A', 'B'],
};

export function terminalComplaints(
  named: Readonly<Partial<Record<Terminal, string>>>,
  has: SettingsOfBoard,
): readonly (readonly [path: readonly string[], message: string])[] {
  const parts = Object.keys(TERMINALS_OF) as (keyof SettingsOfBoard)[];
  const wrong = parts.flatMap((part) =>
    TERMINALS_OF[part]
      .filter((terminal) => (named[terminal] !== undefined) !== has[part])
      .map(
        (terminal) =>
          [
            ['terminals', terminal],
            has[part] ? `must be named, for the board has "${part}"` : `is named, and the board has no "${part}"`,
          ] as const,
      ),
  );
  return named.CP === undefined ? [[['terminals', 'CP'], 'must be named'], ...wrong] : wrong;
}
