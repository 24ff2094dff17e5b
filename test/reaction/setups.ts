// What is compared: where the contactor's node runs, with which priority, and what else the computer does.

export type SetUp = {
  readonly id: string;
  readonly name: string;
  readonly io: { readonly mode: 'inprocess' | 'process'; readonly priority: 'normal' | 'realtime' };
  readonly hasHogs: boolean;
};

const WAYS = [
  { id: 'inprocess', name: 'in the slave', io: { mode: 'inprocess', priority: 'normal' } },
  { id: 'normal', name: 'io process, normal priority', io: { mode: 'process', priority: 'normal' } },
  { id: 'realtime', name: 'io process, real-time priority', io: { mode: 'process', priority: 'realtime' } },
] as const;

export const SETUPS: readonly SetUp[] = [false, true].flatMap((hasHogs) =>
  WAYS.map(({ id, name, io }) => ({ id: `${hasHogs ? 'hogs' : 'idle'}-${id}`, name, io, hasHogs })),
);
