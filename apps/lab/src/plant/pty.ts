// A real pseudo-terminal for the simulated Sensorbox: the bridge opens it like the serial port of any device. Node has
// no way to make one, so libc is called through koffi, which ships prebuilt. Only the master side stays open here: that
// the far side is closed is then seen (EIO), and what is sent meanwhile is lost, as on a wire; while a reader merely
// sleeps, the kernel keeps its bytes, as it does for any serial port.
import { closeSync, constants as flags, openSync, readSync, writeSync } from 'node:fs';
import { failure, ok, type Result } from '@fairamp/units';

export type Line = {
  /** What the bridge opens: `/dev/pts/3`, or `tcp://127.0.0.1:4711`. */
  readonly path: string;
  /** Never blocks and never fails: what nobody can take is lost. */
  write(bytes: Uint8Array): void;
  close(): void;
};

type Libc = {
  readonly posixOpenpt: (flags: number) => number;
  readonly grantpt: (descriptor: number) => number;
  readonly unlockpt: (descriptor: number) => number;
  readonly ptsname: (descriptor: number) => string | null;
  readonly tcgetattr: (descriptor: number, attributes: Uint8Array) => number;
  readonly cfmakeraw: (attributes: Uint8Array) => void;
  readonly tcsetattr: (descriptor: number, when: number, attributes: Uint8Array) => number;
};

/** struct termios has 60 bytes in glibc and in musl, 72 on macOS. */
const TERMIOS_BYTES = 128;
const TCSANOW = 0;

/** @returns why not, in words, where libc cannot be called or refuses */
export async function openPty(): Promise<Result<Line, 'no-pty'>> {
  try {
    const libc = await loadLibc();
    const descriptor = libc.posixOpenpt(flags.O_RDWR | flags.O_NOCTTY | flags.O_NONBLOCK);
    if (descriptor < 0) return failure('no-pty', 'posix_openpt refused');
    const path = libc.grantpt(descriptor) === 0 && libc.unlockpt(descriptor) === 0 ? libc.ptsname(descriptor) : null;
    if (path === null) return failure('no-pty', 'grantpt, unlockpt or ptsname refused');
    makeRaw(libc, descriptor);
    // Opened and closed once, so that "nobody has it open" reads as EIO from the very beginning.
    closeSync(openSync(path, flags.O_RDWR | flags.O_NOCTTY));
    return ok(lineOf(descriptor, path));
  } catch (error) {
    return failure('no-pty', String(error));
  }
}

async function loadLibc(): Promise<Libc> {
  const { default: koffi } = await import('koffi');
  // null: the symbols of this very process, which is linked with libc.
  const libc = koffi.load(null);
  return {
    posixOpenpt: libc.func('int posix_openpt(int flags)'),
    grantpt: libc.func('int grantpt(int descriptor)'),
    unlockpt: libc.func('int unlockpt(int descriptor)'),
    ptsname: libc.func('const char *ptsname(int descriptor)'),
    tcgetattr: libc.func('int tcgetattr(int descriptor, uint8_t *attributes)'),
    cfmakeraw: libc.func('void cfmakeraw(uint8_t *attributes)'),
    tcsetattr: libc.func('int tcsetattr(int descriptor, int when, uint8_t *attributes)'),
  };
}

/** Nothing echoes and 0x0d stays 0x0d, also for a reader that forgets to say so. On Linux the master's attributes are the line's. */
function makeRaw(libc: Libc, descriptor: number): void {
  const attributes = new Uint8Array(TERMIOS_BYTES);
  if (libc.tcgetattr(descriptor, attributes) !== 0) return;
  libc.cfmakeraw(attributes);
  libc.tcsetattr(descriptor, TCSANOW, attributes);
}

function lineOf(descriptor: number, path: string): Line {
  const inbound = new Uint8Array(256);
  return {
    path,
    write: (bytes) => {
      if (!isOpenAtTheFarEnd(descriptor, inbound)) return;
      try {
        writeSync(descriptor, bytes);
      } catch {
        // EAGAIN: the reader sleeps and its buffer is full. EIO: it closed just now. Either way the bytes are lost.
      }
    },
    close: () => closeSync(descriptor),
  };
}

/** Takes what the far side sent (a Sensorbox 1.5 that was never polled listens to nobody) and learns whether it is there. */
function isOpenAtTheFarEnd(descriptor: number, inbound: Uint8Array): boolean {
  try {
    readSync(descriptor, inbound);
    return true;
  } catch (error) {
    return String(error).includes('EAGAIN');
  }
}
