// A reading that fails once is not worth a charge point; one that goes on failing is.

export class Patience {
  #failures = 0;

  /** @param most failures in a row that are too many */
  constructor(private readonly most: number) {}

  /** @returns null = it failed, and is borne. @throws when it has failed too often in a row */
  read<T>(read: () => T): T | null {
    try {
      const value = read();
      this.#failures = 0;
      return value;
    } catch (error) {
      this.#failures += 1;
      if (this.#failures >= this.most) throw error;
      return null;
    }
  }
}
