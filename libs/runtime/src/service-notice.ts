// What a process tells the service manager that runs it (systemd): that it is ready, that its decisions are alive, that it
// stops. `alive` belongs behind a completed decision and nowhere else: a watchdog that is fed beside the loop would hide
// the very thing it is there for. Without a manager nothing is loaded and nothing is said; a manager that cannot be
// reached is told once and changes nothing, for its watchdog ends a process that it does not hear.
import type { Milliseconds, Result } from '@fairamp/units';
import { openNotifySocket, type NotifySocket } from './notify-socket.js';

export interface ServiceNotice {
  /** Loads what is needed to speak; until then nothing is said. */
  open(): Promise<void>;
  ready(): void;
  /** After each completed decision, as often as one likes: what is sent is bounded by the watchdog's own time. */
  alive(): void;
  stopping(): void;
  /** One line for a person, in `systemctl status`. */
  status(text: string): void;
}

export type ServiceNoticeParts = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
  readonly now: () => Milliseconds;
  readonly say: (trouble: string) => void;
  readonly openSocket?: (address: string) => Promise<Result<NotifySocket, 'no-socket'>>;
};

const LONGEST_STATUS = 200;
/** Of the watchdog's time: three in a row may be lost or late. */
const FEEDS_A_WATCHDOG = 4;

export function serviceNotice(parts: ServiceNoticeParts): ServiceNotice {
  const address = parts.env['NOTIFY_SOCKET'] ?? '';
  const every_ms = feedingOf(parts);
  let socket: NotifySocket | null = null;
  let hasComplained = false;
  let stopped = false;
  let fedAt: Milliseconds | null = null;

  const complain = (detail: string): void => {
    if (!hasComplained) parts.say(`service manager: ${detail}`);
    hasComplained = true;
  };
  const send = (text: string): void => {
    const sent = socket?.send(text);
    if (sent?.ok === false) complain(sent.detail);
  };
  return {
    open: async () => {
      if (address === '') return;
      const opened = await (parts.openSocket ?? openNotifySocket)(address);
      if (opened.ok) socket = opened.value;
      else complain(opened.detail);
    },
    ready: () => send('READY=1'),
    alive: () => {
      if (every_ms === null || socket === null || stopped) return;
      const at = parts.now();
      if (fedAt !== null && at - fedAt < every_ms) return;
      fedAt = at;
      send('WATCHDOG=1');
    },
    stopping: () => {
      stopped = true;
      send('STOPPING=1');
    },
    status: (text) => send(`STATUS=${text.replaceAll(/\s+/g, ' ').slice(0, LONGEST_STATUS)}`),
  };
}

/** null: nobody waits for it. A child inherits the variables, but they name whom the watchdog watches. */
function feedingOf({ env, pid }: ServiceNoticeParts): Milliseconds | null {
  const { WATCHDOG_USEC: time_us = '', WATCHDOG_PID: watched = String(pid) } = env;
  if (!/^[1-9]\d{0,15}$/.test(time_us) || watched !== String(pid)) return null;
  return Math.floor(Number(time_us) / 1000 / FEEDS_A_WATCHDOG);
}
