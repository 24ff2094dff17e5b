import { identifyFrom } from './accounts.js';
import { refusalOf, type Admission, type ConnectRequest } from './admission.js';
import { limitsOf, topicRights, type Identity } from './roles.js';

const garage: Identity = { role: 'slave', id: 'garage' };
const viewer: Identity = { role: 'viewer', id: '' };
const rights = topicRights('home');

type Given = Partial<ConnectRequest> & Partial<Pick<Admission, 'full' | 'taken'>>;

function refusal(identity: Identity, given: Given): string | null {
  const limits = limitsOf(identity.role, 3);
  const good: ConnectRequest = { clientId: identity.id, keepalive_s: 5, clean: true, will: null };
  return refusalOf({ ...good, ...given }, identity, { rights, limits, full: false, taken: false, ...given });
}

const offline = { topic: 'fairamp/home/telemetry/slave/garage/online', retain: true };

describe('a CONNECT', () => {
  test.each<[string, Identity, Given, string | null]>([
    ['of a slave as it should be', garage, {}, null],
    ['of a slave while viewers have no place left', garage, { full: true }, null],
    ['of a slave that is connected already (MQTT: the newer one wins)', garage, { taken: true }, null],
    ['of a slave under another client id', garage, { clientId: 'street' }, 'client-id'],
    ['with keepalive 0', garage, { keepalive_s: 0 }, 'keepalive'],
    ['of a slave with a keepalive of 6 s', garage, { keepalive_s: 6 }, 'keepalive'],
    ['that wants its session kept', garage, { clean: false }, 'session'],
    ['with a will on its own telemetry', garage, { will: offline }, null],
    ["with a will on another's telemetry", { role: 'slave', id: 'street' }, { will: offline }, 'will'],
    [
      'with a retained will on control',
      { role: 'master', id: 'main' },
      { will: { topic: 'fairamp/home/control/slave/garage/grant', retain: true } },
      'will',
    ],
    ['of a viewer with the default of mosquitto_sub', viewer, { clientId: 'mosq-1', keepalive_s: 60 }, null],
    ['of a viewer with keepalive 0', viewer, { keepalive_s: 0 }, 'keepalive'],
    ['of a viewer with 121 s', viewer, { keepalive_s: 121 }, 'keepalive'],
    ["of a viewer under a connected participant's id", viewer, { clientId: 'garage', taken: true }, 'client-id'],
    ['of one viewer too many', viewer, { full: true }, 'too-many'],
  ])('%s', (_what, identity, given, expected) => {
    expect(refusal(identity, given)).toBe(expected);
  });
});

describe('credentials', () => {
  const accounts = [{ ...garage, password: 'right' }];
  test.each<[string | null, string | null, boolean, Identity | null]>([
    ['garage', 'right', true, garage],
    ['garage', 'wrong', true, null],
    ['garage', null, true, null],
    ['street', '', true, null],
    [null, null, true, viewer],
    [null, null, false, null],
    ['', 'right', true, viewer],
  ])('%s with %s, viewers %s', (username, password, viewers, expected) => {
    expect(identifyFrom(accounts, { viewers })(username, password)).toEqual(expected);
  });
});
