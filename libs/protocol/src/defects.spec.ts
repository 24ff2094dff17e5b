// What 2.07 did wrong with what it heard and this does not: the items of docs/defects.md, a short test each.
import { encodeHdlc, feedHdlc, initialHdlc } from './hdlc.js';
import { decodeSensorboxFrame, encodeSensorboxFrame } from './sensorbox-frame.js';

test('13.2 item 9: frames that come without a pause are all heard', () => {
  const frames = [10, 20, 30].map((count) => encodeHdlc(encodeSensorboxFrame([count, 0, 0])));
  const line = Uint8Array.from(frames.flatMap((frame) => [...frame]));
  expect(feedHdlc(initialHdlc(), line).frames.map(decodeSensorboxFrame)).toMatchObject(
    [10, 20, 30].map((count) => ({ ok: true, value: { samples: [count, 0, 0] } })),
  );
});

test('13.2 item 16: a frame that asks for a self test is none', () => {
  const frame = encodeSensorboxFrame([0, 0, 0]).map((byte, index) => (index === 4 ? 0xa5 : byte));
  expect(decodeSensorboxFrame(frame)).toMatchObject({ ok: false, reason: 'version' });
});
