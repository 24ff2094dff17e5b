// The text of `fairamp-setup --help`. What it says is held against the parser by options.spec.ts.
export const USAGE = `fairamp-setup: installs Fairamp's services under systemd, upgrades and removes them without a trace.

  fairamp-setup install --apps slave,master,bridge   from a build folder (npm run build); again: an upgrade
  fairamp-setup remove                               keeps configuration and state
  fairamp-setup remove --purge                       and leaves nothing at all
  fairamp-setup status                               what is installed, what runs
  fairamp-setup verify                               is everything as it was installed, and could it start?

  --apps LIST      all that is to be there, of slave, master, bridge; others go (default: those that are installed)
  --root DIR       an image of a system instead of this one: nothing outside DIR is touched, nothing is started
  --prefix DIR     the programs (default /opt/fairamp)
  --config DIR     the configurations (default /etc/fairamp); what a person has changed is never overwritten
  --node PATH      the node that runs the services (default: the one that runs this)
  --from DIR       the build folder (default: where this program was built)
  --start          also start them now and at each boot, where their configuration is complete
  --purge          with remove: also configuration, state, and the user that install made
  --dry-run        say what would be written and removed, and do nothing
  --json           the result as one JSON object on standard output; all else goes to standard error
  --help           this text

The exit code is 0 when all is well, 1 when not, 2 for wrong usage. Whatever is interrupted can be repeated or removed.
`;
