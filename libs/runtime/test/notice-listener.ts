// The far end of NOTIFY_SOCKET, as a service manager has it: a unix datagram socket that is looked into, never waited for.
import koffi from 'koffi';

const libc = koffi.load(null);
const socket = libc.func('int socket(int, int, int)');
const bind = libc.func('int bind(int, const uint8_t *, uint32_t)');
const recv = libc.func('intptr_t recv(int, _Out_ uint8_t *, size_t, int)');
const close = libc.func('int close(int)');
const [AF_UNIX, SOCK_DGRAM, MSG_DONTWAIT] = [1, 2, 0x40];

const open: number[] = [];

export function closeListeners(): void {
  open.splice(0).forEach((descriptor) => void close(descriptor));
}

/** @returns the next datagram, or null */
export function listenOn(address: string): () => string | null {
  const descriptor = socket(AF_UNIX, SOCK_DGRAM, 0) as number;
  open.push(descriptor);
  const path = address.startsWith('@') ? `\0${address.slice(1)}` : `${address}\0`;
  const name = Buffer.concat([Buffer.from(Uint16Array.of(AF_UNIX).buffer), Buffer.from(path)]);
  if (bind(descriptor, name, name.length) !== 0) throw new Error(`bind ${address}: error ${koffi.errno()}`);
  return () => {
    const bytes = new Uint8Array(4096);
    const count = recv(descriptor, bytes, bytes.length, MSG_DONTWAIT) as number;
    return count < 0 ? null : Buffer.from(bytes.subarray(0, count)).toString();
  };
}
