import type { MqttContext } from '@nestjs/microservices';
import type { Utterance } from '@fairamp/runtime';
import type { IoEnd } from './io/io-end.js';
import type { ToIo } from './io/pipe-wire.js';
import { RelayPump } from './relay.pump.js';

function relay() {
  const sent: ToIo[] = [];
  const said: Utterance[] = [];
  let now = 0;
  const io = { send: (line: ToIo) => void sent.push(line) } as unknown as IoEnd;
  const pump = new RelayPump(io, { now: () => now }, (utterance) => said.push(utterance));
  const hear = (bytes: number, topic = 'fairamp/home/control/slave/left/grant', retain = false): void => {
    const context = { getTopic: () => topic, getPacket: () => ({ retain }) } as unknown as MqttContext;
    pump.hear(new Uint8Array(bytes), context);
  };
  const pass = (ms: number): void => void (now += ms);
  return { pump, hear, pass, sent, said };
}

describe('the way to the io process', () => {
  test('hands on what the broker says, as it came', () => {
    const { hear, sent } = relay();
    hear(3, 'a/b', true);
    expect(sent).toEqual([{ kind: 'message', topic: 'a/b', payload: 'AAAA', retained: true }]);
  });

  test.each([
    ['a payload above 4 kB', 4097, 'a/b'],
    ['a topic above 256', 10, 'x'.repeat(257)],
    ['all that a broker lets through', 268_435_455 >> 4, 'a/b'],
  ])('drops and tells what no participant of ours says: %s', (_, bytes, topic) => {
    const { hear, sent, said } = relay();
    hear(bytes, topic);
    expect(sent).toEqual([]);
    expect(said).toMatchObject([{ kind: 'note', level: 'warn', key: 'relay too long' }]);
  });

  test('a flood is cut to what a sample of the pilot can bear beside it, and told under one key', () => {
    const { hear, pass, sent, said } = relay();
    for (let count = 0; count < 500; count += 1) hear(10);
    expect(sent).toHaveLength(20);
    expect(new Set(said.map((one) => (one.kind === 'note' ? one.key : '')))).toEqual(new Set(['relay too many']));
    pass(500);
    hear(10);
    expect(sent).toHaveLength(21);
  });

  test('a press of a person, and a broker that has taken us in, go the same way', () => {
    const { pump, sent } = relay();
    pump.acknowledge();
    pump.connected();
    expect(sent).toEqual([{ kind: 'acknowledge' }, { kind: 'connected' }]);
  });
});
