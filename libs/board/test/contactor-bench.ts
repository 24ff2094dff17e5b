// A contactor of fake parts and virtual time, which is looked at each 10 ms as a sampling board does.
import { ContactorDrive, type ContactorParts } from '../src/linux/contactor-drive.js';
import { FakeHardware } from './fake-hardware.js';
import { VirtualTime } from './virtual-time.js';

/** Ten seconds old, alive and allowed to close, unless a test says otherwise. */
export class ContactorBench {
  readonly time = new VirtualTime();
  readonly hardware = new FakeHardware();
  readonly told: boolean[] = [];
  readonly failures: string[] = [];
  deadMan = 0;
  mayClose = true;
  readonly drive: ContactorDrive;
  /** Later than the coil, as a contact is. */
  contact: (() => boolean) | null = null;

  constructor(parts: Partial<ContactorParts> = {}) {
    const { coil, feedback, heartbeat } = this.hardware.open();
    const contact = feedback && { ...feedback, get: () => this.contact?.() ?? feedback.get() };
    this.drive = new ContactorDrive({
      coil,
      feedback: contact,
      heartbeat,
      failSafe_ms: 1250,
      schedule: this.time,
      closedAt: this.time.now(),
      mayClose: () => this.mayClose,
      onConfirmed: (isClosed) => this.told.push(isClosed),
      onDeadMan: () => (this.deadMan += 1),
      onFailure: (error) => this.failures.push(String(error)),
      ...parts,
    });
  }

  static ready(parts: Partial<ContactorParts> = {}): ContactorBench {
    const bench = new ContactorBench(parts);
    bench.live(10_000);
    bench.told.length = 0;
    return bench;
  }

  static closed(parts: Partial<ContactorParts> = {}): ContactorBench {
    const bench = ContactorBench.ready(parts);
    bench.drive.allow(true);
    bench.live(300);
    bench.told.length = 0;
    return bench;
  }

  get isOn(): boolean {
    return this.hardware.shows.get('coil') === true;
  }

  /** A look each 10 ms, and a heartbeat each 100. */
  live(ms: number): void {
    for (let passed = 0; passed < ms; passed += 10) {
      if (passed % 100 === 0) this.drive.heartbeat();
      this.time.pass(Math.min(10, ms - passed));
      this.drive.look();
    }
  }

  look(ms: number): void {
    for (let passed = 0; passed < ms; passed += 10) {
      this.time.pass(10);
      this.drive.look();
    }
  }
}
