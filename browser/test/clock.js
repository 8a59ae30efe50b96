/** Lets everything that waits for nothing but promises and messages happen. */
export async function settle(rounds = 4) {
  for (let i = 0; i < rounds; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Time that the test moves. */
export class Clock {
  #now = 1_000;
  #timers = [];

  now = () => this.#now;

  schedule = (task, delay) => {
    const timer = { at: this.#now + Math.max(0, delay), task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  get pending() {
    return this.#timers.length;
  }

  async advance(ms) {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#timers = this.#timers.filter((timer) => timer !== due);
      this.#now = Math.max(this.#now, due.at);
      due.task();
      await settle();
    }
    this.#now = end;
    await settle();
  }
}
