// Inside the namespace: the real epoll on one file, which tells each time that it is woken. Arguments: the file, and
// whether it is read before and after.
const { openSync, readSync } = require('node:fs');
const { Epoll } = require('epoll');

const file = openSync(process.argv[2], 'r');
const read = () => process.argv[3] === 'read' && readSync(file, Buffer.alloc(2), 0, 2, 0);
read();
const poller = new Epoll(() => {
  read();
  console.log('woken');
  if (process.argv[3] !== 'read') poller.close();
});
poller.add(file, Epoll.EPOLLPRI);
console.log('waiting');
