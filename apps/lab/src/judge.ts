// The verdict on a run, from the plant's truth alone, moment by moment: violations of invariants, and at the end which
// hungry cars that fit had been left without.
import { conditionsOf, isDisturbed } from './checks/conditions.js';
import { heldFor_s, NO_EPISODES, stepEpisodes, type Episodes, type Violation } from './checks/episodes.js';
import { type Moment } from './checks/moment.js';

/** 17 s of silence after a start, then one newcomer after the other (design 3 rule 8): by then it should charge. */
const SETTLED_S = 35;

export class Judge {
  #episodes: Episodes = NO_EPISODES;
  #moment: Moment | null = null;
  readonly #violations: Violation[] = [];

  get violations(): readonly Violation[] {
    return this.#violations;
  }

  /** @returns the violations that are new */
  look(moment: Moment): readonly Violation[] {
    const { episodes, violations } = stepEpisodes(this.#episodes, conditionsOf(moment), moment.at_s);
    this.#episodes = episodes;
    this.#moment = moment;
    this.#violations.push(...violations);
    return violations;
  }

  /** Nothing was killed, frozen or started lately: what is wrong now has no excuse. */
  get isUndisturbed(): boolean {
    return this.#moment !== null && !isDisturbed(this.#moment);
  }

  /** Charge points whose car is hungry, fits, and has long been left without. */
  unserved(): readonly string[] {
    const moment = this.#moment;
    if (moment === null) return [];
    return moment.outlets
      .map(({ id }) => id)
      .filter((id) => !moment.everBroken.has(id))
      .filter((id) => heldFor_s(this.#episodes, 'I15', id, moment.at_s) > SETTLED_S);
  }
}
