#!/bin/sh
# The installed fairamp-setup: status, verify and remove need no build folder.
exec @NODE@ @PREFIX@/current/setup/main.mjs "$@"
