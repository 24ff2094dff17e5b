// The meter's line: a serial port at 1200 8N1 held exclusively, or a serial server's tcp://host:port. What vanishes is
// opened again, for ever and at a bounded pace: an unplugged converter comes back by itself. SerialPort.list() is never
// called: without udevadm its rejection would end the process (toolchain.md 8).
import { connect, type Socket } from 'node:net';
import { SerialPort } from 'serialport';

export type LineListener = { readonly onBytes: (bytes: Uint8Array) => void; readonly onPort: (open: boolean) => void };

export interface MeterLine {
  open(listener: LineListener): void;
  close(): void;
}

/** How a line is opened once: `up` when it is open, `down` when it is gone or could not be opened. */
type Attempt = (on: { up: () => void; down: (reason: string) => void; bytes: (bytes: Uint8Array) => void }) => {
  end: () => void;
};

/** A port that was just pulled needs about a second to come back; more often only fills the log. */
const RETRY_ms = 1000;
const CONNECT_WITHIN_ms = 3000;
/** A TCP line without a byte for so long may be half open (a Sensorbox speaks each 1.8 s). */
const QUIET_TCP_ms = 10_000;

/** @param port `/dev/ttyUSB0` or `tcp://host:port` */
export function meterLine(port: string, say: (text: string) => void): MeterLine {
  return persistent(port.startsWith('tcp://') ? tcpAttempt(new URL(port)) : serialAttempt(port), say);
}

function persistent(attempt: Attempt, say: (text: string) => void): MeterLine {
  let current: { end: () => void } | null = null;
  let retry: NodeJS.Timeout | undefined;
  let isClosed = false;
  let wasUp = true;
  const begin = (listener: LineListener): void => {
    if (isClosed) return;
    current = attempt({
      bytes: listener.onBytes,
      up: () => {
        wasUp = true;
        listener.onPort(true);
      },
      down: (reason) => {
        current = null;
        if (wasUp) say(reason);
        if (wasUp) listener.onPort(false);
        wasUp = false;
        retry = setTimeout(() => begin(listener), RETRY_ms);
      },
    });
  };
  return {
    open: begin,
    close: () => {
      isClosed = true;
      clearTimeout(retry);
      current?.end();
    },
  };
}

function serialAttempt(path: string): Attempt {
  return ({ up, down, bytes }) => {
    const port = new SerialPort({
      path,
      baudRate: 1200,
      dataBits: 8,
      parity: 'none',
      stopBits: 1,
      lock: true,
      autoOpen: false,
    });
    const downOnce = once(down);
    port.on('data', bytes);
    port.on('error', (error) => downOnce(error.message));
    port.on('close', () => downOnce(`${path} was closed`));
    port.open((error) => {
      if (error !== null) return downOnce(error.message);
      // What waited in the kernel before we came has no date.
      port.flush((failure) => {
        if (failure === null || failure === undefined) return up();
        port.close(() => downOnce(failure.message));
      });
    });
    return { end: () => (port.isOpen ? port.close(() => undefined) : undefined) };
  };
}

function tcpAttempt({ hostname, port }: URL): Attempt {
  return ({ up, down, bytes }) => {
    const socket: Socket = connect({ host: hostname, port: Number(port) });
    const downOnce = once(down);
    socket.setTimeout(CONNECT_WITHIN_ms);
    socket.on('connect', () => {
      socket.setTimeout(QUIET_TCP_ms);
      up();
    });
    socket.on('data', bytes);
    socket.on('timeout', () => socket.destroy(new Error(`tcp://${hostname}:${port} is silent`)));
    socket.on('error', (error) => downOnce(error.message));
    socket.on('close', () => downOnce(`tcp://${hostname}:${port} was closed`));
    return { end: () => socket.destroy() };
  };
}

function once(callback: (reason: string) => void): (reason: string) => void {
  let isDone = false;
  return (reason) => {
    if (isDone) return;
    isDone = true;
    callback(reason);
  };
}
