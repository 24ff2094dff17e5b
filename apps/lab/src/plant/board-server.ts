// The socket on which the boards of all charge points reach their outlets. A board says first which outlet it drives;
// the newest one to say so has it, for a restarted slave comes back before its old connection is seen to be dead. Of
// what a board cannot take at once samples and draws are lost, as if nobody had converted them; anything else is told
// once, so its board must begin anew.
import { createServer, type Server, type Socket } from 'node:net';
import { decodeBoardLine, encodePlantLine, readLines, writeLine, type BoardLine, type PlantLine } from '@fairamp/board';

/** A board that sleeps finds a few moments' samples when it wakes, not a minute of them. */
const UNREAD_BYTES_MAX = 2048;
/** They come again by themselves. */
const REPEATED: readonly PlantLine['kind'][] = ['sample', 'draw', 'proximity'];

export class BoardServer {
  readonly #outlets: readonly string[];
  readonly #onLine: (outlet: string, line: BoardLine) => readonly PlantLine[];
  readonly #boards = new Map<string, Socket>();
  readonly #server: Server;

  /** @param onLine returns what is answered at once */
  constructor(outlets: readonly string[], onLine: (outlet: string, line: BoardLine) => readonly PlantLine[]) {
    this.#outlets = outlets;
    this.#onLine = onLine;
    this.#server = createServer((socket) => this.#welcome(socket));
  }

  listen(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject).listen(path, resolve);
    });
  }

  send(outlet: string, line: PlantLine): void {
    const board = this.#boards.get(outlet);
    if (board === undefined) return;
    if (board.writableLength < UNREAD_BYTES_MAX) writeLine(board, encodePlantLine(line));
    else if (!REPEATED.includes(line.kind)) board.destroy();
  }

  close(): void {
    for (const board of this.#boards.values()) board.destroy();
    this.#server.close();
  }

  #welcome(socket: Socket): void {
    let outlet: string | null = null;
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (outlet !== null && this.#boards.get(outlet) === socket) this.#boards.delete(outlet);
    });
    readLines(socket, (line) => {
      outlet = this.#take(socket, outlet, line);
    });
  }

  /** @returns the outlet that this connection has; noise is ignored, as on any wire */
  #take(socket: Socket, current: string | null, text: string): string | null {
    const decoded = decodeBoardLine(text);
    if (!decoded.ok) return current;
    const outlet = decoded.value.kind === 'hello' ? this.#claim(socket, decoded.value.outlet) : current;
    if (outlet === null || this.#boards.get(outlet) !== socket) return outlet;
    for (const answer of this.#onLine(outlet, decoded.value)) this.send(outlet, answer);
    return outlet;
  }

  #claim(socket: Socket, outlet: string): string | null {
    if (!this.#outlets.includes(outlet)) {
      socket.destroy();
      return null;
    }
    this.#boards.get(outlet)?.destroy();
    this.#boards.set(outlet, socket);
    return outlet;
  }
}
