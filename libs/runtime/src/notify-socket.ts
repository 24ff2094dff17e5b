// The datagram by which a process speaks to systemd (sd_notify(3)). Node has no unix datagrams, so libc is called through
// koffi, which ships prebuilt. A send never waits: who reads too slowly loses a line, and no decision is late for it.
import { failure, ok, type Result } from '@fairamp/units';
import { messageOf } from './message-of.js';

export type NotifySocket = { send(text: string): Result<null, 'not-sent'> };

type Libc = {
  readonly socket: (domain: number, type: number, protocol: number) => number;
  readonly sendto: (descriptor: number, ...message: [Uint8Array, number, number, Uint8Array, number]) => number;
  readonly errno: () => number;
};

/** As on every Linux that Node runs on. */
const AF_UNIX = 1;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;
/** sun_path of sockaddr_un, with its closing zero. */
const PATH_BYTES = 108;

/** @param address what NOTIFY_SOCKET says: a path, or `@name` for one without a file */
export async function openNotifySocket(address: string): Promise<Result<NotifySocket, 'no-socket'>> {
  const name = sockaddr(address);
  if (name === null) return failure('no-socket', `NOTIFY_SOCKET "${address}": neither a path nor @name`);
  try {
    const libc = await loadLibc();
    const descriptor = libc.socket(AF_UNIX, SOCK_DGRAM + SOCK_CLOEXEC, 0);
    if (descriptor < 0) return failure('no-socket', `socket: error ${libc.errno()}`);
    return ok({ send: (text) => sendOne(libc, { descriptor, name, address }, text) });
  } catch (error) {
    return failure('no-socket', `koffi: ${messageOf(error)}`);
  }
}

async function loadLibc(): Promise<Libc> {
  const { default: koffi } = await import('koffi');
  // null: the symbols of this very process, which is linked with libc.
  const libc = koffi.load(null);
  return {
    socket: libc.func('int socket(int domain, int type, int protocol)'),
    sendto: libc.func(
      'intptr_t sendto(int descriptor, const uint8_t *bytes, size_t count, int flags, const uint8_t *name, uint32_t length)',
    ),
    errno: () => koffi.errno(),
  };
}

/** struct sockaddr_un; a name without a file begins with a zero and has no other. */
function sockaddr(address: string): Uint8Array | null {
  const path = Buffer.from(address.startsWith('@') ? `\0${address.slice(1)}` : `${address}\0`);
  const isOne = /^[/@][^\0]+$/.test(address) && path.length <= PATH_BYTES;
  return isOne ? Buffer.concat([new Uint8Array(Uint16Array.of(AF_UNIX).buffer), path]) : null;
}

type Target = { readonly descriptor: number; readonly name: Uint8Array; readonly address: string };

function sendOne(libc: Libc, { descriptor, name, address }: Target, text: string): Result<null, 'not-sent'> {
  try {
    const bytes = Buffer.from(text);
    const sent = libc.sendto(descriptor, bytes, bytes.length, MSG_DONTWAIT + MSG_NOSIGNAL, name, name.length);
    return sent === bytes.length ? ok(null) : failure('not-sent', `NOTIFY_SOCKET "${address}": error ${libc.errno()}`);
  } catch (error) {
    return failure('not-sent', messageOf(error));
  }
}
