// An installation, an upgrade and a removal, each killed before every single change that it makes to the disk: it can
// always be repeated, and always be removed so that nothing is left.
import { rmSync } from 'node:fs';
import { filesBelow, type Files } from '../src/files.js';
import { build, doInstall, doRemove, image, killedAt, listing, put, wasKilled } from './rig.js';

const first = build('1.0.0');
const second = build('2.0.0', { 'slave/io.mjs': 'io', 'node_modules/koffi/index.js': 'newer' });

type Story = { readonly before: (files: Files, root: string) => void; readonly work: (files: Files) => void };

const stories: Readonly<Record<string, Story>> = {
  'a first installation': { before: () => undefined, work: (files) => doInstall(files, first) },
  'an upgrade': { before: (files) => doInstall(files, first), work: (files) => doInstall(files, second) },
  'an upgrade after a person has written a configuration': {
    before: (files, root) => {
      doInstall(files, first);
      put(root, 'etc/fairamp/slave.yaml', 'site: mine\n');
    },
    work: (files) => doInstall(files, second),
  },
  'a removal': { before: (files) => doInstall(files, first), work: (files) => doRemove(files, false) },
  'a purge': {
    before: (files, root) => {
      doInstall(files, first);
      put(root, 'var/lib/fairamp/slave/safe.conf', 'fairamp-safe 1\n');
      put(root, 'etc/fairamp/board.yaml', 'schema: 1\n');
    },
    work: (files) => doRemove(files, true),
  },
  'a purge after a removal': {
    before: (files) => {
      doInstall(files, first);
      doRemove(files, false);
    },
    work: (files) => doRemove(files, true),
  },
};

type Then = { readonly after: (files: Files) => void; readonly check: (root: string) => void };

/** One image for each change: before it, it is killed; then somebody does `after`. @returns how many changes there are */
function killEverywhere({ before, work }: Story, { after, check }: Then): number {
  const kill = (at: number, torn: boolean): { killed: boolean; wasWriting: boolean } => {
    const root = image();
    before(filesBelow(root), root);
    const { files, wasWriting } = killedAt(root, at, torn);
    const killed = wasKilled(() => work(files));
    after(filesBelow(root));
    check(root);
    rmSync(root, { recursive: true });
    return { killed, wasWriting: wasWriting() };
  };
  for (let at = 0; ; at += 1) {
    const { killed, wasWriting } = kill(at, false);
    if (!killed) return at;
    if (wasWriting) kill(at, true);
  }
}

function listingAfter(...works: readonly ((files: Files, root: string) => void)[]): Readonly<Record<string, string>> {
  const root = image();
  for (const work of works) work(filesBelow(root), root);
  const found = listing(root);
  rmSync(root, { recursive: true });
  return found;
}

describe.each(Object.entries(stories))('%s, killed before each of its changes', (_, story) => {
  test('leaves nothing behind a purge', () => {
    const clean = listingAfter();
    const kills = killEverywhere(story, {
      after: (files) => doRemove(files, true),
      check: (root) => expect(listing(root)).toEqual(clean),
    });
    expect(kills).toBeGreaterThan(2);
  }, 120_000);

  test('is as good as new after an installation', () => {
    // What a person wrote, and what a purge had not yet taken, may be there still.
    const free = /^etc\/fairamp|^var\/lib\/fairamp/;
    const programs = (all: Readonly<Record<string, string>>) =>
      Object.entries(all).filter(([path]) => !free.test(path));
    const whole = programs(listingAfter((files) => doInstall(files, second)));
    killEverywhere(story, {
      after: (files) => doInstall(files, second),
      check: (root) => expect(programs(listing(root))).toEqual(whole),
    });
  }, 120_000);
});

test('a configuration that a person has written outlives every kill but a purge', () => {
  const story = stories['an upgrade after a person has written a configuration'];
  if (story === undefined) throw new Error('no such story');
  killEverywhere(story, {
    after: (files) => {
      doInstall(files, second);
      doRemove(files, false);
    },
    check: (root) => {
      expect(Buffer.from(filesBelow(root).read('/etc/fairamp/slave.yaml')).toString()).toBe('site: mine\n');
    },
  });
}, 120_000);
