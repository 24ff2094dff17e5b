// Chance that a schedule replays: one 32 bit state, advanced by a draw (mulberry32).

// Taken out of the global once: under jest each look-up of a global costs as much as the arithmetic around it.
const { floor, imul } = Math;

export class Chance {
  constructor(private state: number) {}

  /** Evenly spread over [0, 1). */
  draw(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let word = imul(this.state ^ (this.state >>> 15), this.state | 1);
    word ^= word + imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  }

  happens(probability: number): boolean {
    return this.draw() < probability;
  }

  /** A whole number, both ends included. */
  between(lowest: number, highest: number): number {
    return lowest + floor(this.draw() * (highest - lowest + 1));
  }
}

/** A monotonic clock that runs wrong by up to 5,000 ppm. */
export class Clock {
  private zero = 0;
  constructor(private readonly ppm: number) {}

  at(now: number): number {
    return floor((now - this.zero) * (1 + this.ppm / 1e6));
  }

  /** True milliseconds in which this clock counts so many. */
  span(duration: number): number {
    return duration / (1 + this.ppm / 1e6);
  }

  /** When it shows this. */
  when(at: number): number {
    return this.zero + this.span(at);
  }

  /** The computer was switched off. Nothing relates the clocks of two boots, least of all that the new one is ahead. */
  setBack(by: number): void {
    this.zero += by;
  }
}
