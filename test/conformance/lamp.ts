// An LED that remembers what it has shown, and an eye that knows the table of patterns.
import { framesOf, type Light } from '@fairamp/board';
import { INDICATORS, type Indicator } from '@fairamp/evse';
import { assert, type Milliseconds, type Permille } from '@fairamp/units';

type Shown = { readonly at: Milliseconds; readonly brightness_permille: Permille };

/** Longer than the longest frame that is followed by another. */
const STILL_ms: Milliseconds = 800;
/** What a timer may be late. */
const LATE_ms: Milliseconds = 2;

export class Lamp implements Light {
  readonly #shown: Shown[] = [];

  constructor(private readonly now: () => Milliseconds) {}

  shine(brightness_permille: Permille): void {
    this.#shown.push({ at: this.now(), brightness_permille });
  }

  indicator(): Indicator {
    // From the quickest: a frame of a swelling light may look like one of it.
    const names = (Object.keys(INDICATORS) as Indicator[]).toReversed();
    const found = names.find((name) => this.#shows(name));
    assert(found !== undefined, 'the LED shows no pattern of the table');
    return found;
  }

  /** By the frame that was over last, since the one before may be of another pattern. */
  #shows(name: Indicator): boolean {
    const frames = framesOf(INDICATORS[name]);
    const [from, to] = this.#shown.slice(-2);
    if (from === undefined) return false;
    const newest = to ?? from;
    if (frames.length === 1)
      return newest.brightness_permille === frames[0]?.brightness_permille && this.#isStill(newest);
    if (to === undefined) return false;
    const isFrame = (one: (typeof frames)[number]): boolean =>
      one.brightness_permille === from.brightness_permille && Math.abs(one.for_ms - (to.at - from.at)) <= LATE_ms;
    return frames.some(isFrame);
  }

  #isStill({ at }: Shown): boolean {
    return this.now() - at >= STILL_ms;
  }
}
