// Plays a history, cuts its power at every moment, and looks at every disk that this may leave.
import type { FileSystem } from '../src/file-system.js';
import type { History, Knowledge } from './histories.js';
import { PowerCutDisk } from './power-cut.js';
import type { Disk, Model } from './power-cut-disks.js';

export type Judgement = { readonly disks: number; readonly complaints: readonly string[] };
type Moment = Knowledge & { readonly at: number };

export type Play = {
  readonly model: Model;
  readonly hasLinks?: boolean;
  /** A wrong writer. */
  readonly through?: (disk: PowerCutDisk) => FileSystem;
  /** Where a life begins that is not the first. */
  readonly before?: Disk;
};
const COMPLAINTS_MAX = 3;

export function cutEverywhere(history: History, play: Play, onDisk: (disk: Disk) => void = () => undefined): Judgement {
  const { disk, moments, start } = played(history, play);
  const complaints: string[] = [];
  let disks = 0;
  for (let cut = start; cut <= disk.moment; cut += 1) {
    const known = knownAt(moments, cut);
    for (const left of disk.afterCut(cut, play.model)) {
      disks += 1;
      onDisk(left);
      const complaint = history.verify(new PowerCutDisk(left, play.hasLinks), known);
      if (complaint !== null) complaints.push(`cut at ${cut}: ${complaint}`);
      if (complaints.length >= COMPLAINTS_MAX) return { disks, complaints };
    }
  }
  return { disks, complaints };
}

/** What is left is the beginning of another life, which is cut everywhere again. @param each of so many disks one */
export function cutTwice(history: History, play: Play, each: number): Judgement {
  const left = new Map<string, Disk>();
  cutEverywhere(history, play, (disk) => {
    left.set([...disk].map(([path, bytes]) => path + Buffer.from(bytes).toString('latin1')).join('\0'), disk);
  });

  return [...left.values()]
    .filter((_, at) => at % each === 0)
    .reduce<Judgement>(
      (sum, before) => {
        if (sum.complaints.length > 0) return sum;
        const { disks, complaints } = cutEverywhere(history, { ...play, before });
        return { disks: sum.disks + disks, complaints };
      },
      { disks: 0, complaints: [] },
    );
}

function played(history: History, { hasLinks, through, before }: Play) {
  const disk = new PowerCutDisk(before, hasLinks);
  const start = disk.moment;
  const held = history.held(new PowerCutDisk(before, hasLinks));
  const newest = held.at(-1) ?? 0;
  const absent = Array.from({ length: newest }, (_, at) => at + 1).filter((id) => !held.includes(id));
  const moments: Moment[] = [{ at: start, acknowledged: newest, begun: newest, oldest: held[0] ?? 1, absent }];
  const note = (change: Partial<Moment>): void => {
    const last = moments.at(-1);
    if (last !== undefined) moments.push({ ...last, ...change, oldest: history.held(disk)[0] ?? 1, at: disk.moment });
  };
  history.live(through?.(disk) ?? disk, newest + 1, {
    begun: (begun) => note({ begun }),
    acknowledged: (acknowledged) => note({ acknowledged }),
  });
  note({});
  return { disk, moments, start };
}

/** What is being removed when the power goes may be gone already. */
function knownAt(moments: readonly Moment[], cut: number): Knowledge {
  const past = moments.findLast(({ at }) => at <= cut) ?? { acknowledged: 0, begun: 0, oldest: 1, absent: [] };
  const next = moments.find(({ at }) => at > cut) ?? past;
  return { ...past, oldest: next.oldest };
}
