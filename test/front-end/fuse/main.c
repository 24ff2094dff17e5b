/*
 * One thread, three things to wait for: a program at a file, a line of the control pipe, a time. It ends, and its mount
 * with it, when the pipe closes; so nothing is left behind whatever becomes of the test. Programs at files come before
 * times: who waits to be heard has not been silent.
 */
#include "fake-sysfs.h"

#include <fuse_lowlevel.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#define LINE_SIZE 8192
/* Waking up later than asked by more than this is a stall of the computer. */
#define STALL_ns 5000000u
/* So many programs in a row, then times have their turn all the same. */
#define IN_A_ROW 64

static char pending[LINE_SIZE];
static size_t filled;

/* false: the other end is gone, or talks nonsense without end. */
static bool read_pipe(void) {
  ssize_t got = read(STDIN_FILENO, pending + filled, sizeof pending - filled);
  if (got <= 0) return got < 0 && errno == EINTR;
  filled += (size_t)got;
  char *start = pending, *end;
  while ((end = memchr(start, '\n', (size_t)(pending + filled - start))) != NULL) {
    *end = '\0';
    control_line(start);
    start = end + 1;
  }
  filled = (size_t)(pending + filled - start);
  memmove(pending, start, filled);
  if (filled < sizeof pending) return true;
  fprintf(stderr, "fake-sysfs: a line of the control pipe is longer than %d\n", LINE_SIZE);
  return false;
}

static int timeout_ms(uint64_t now) {
  uint64_t due = timers_due();
  if (due == UINT64_MAX) return -1;
  return due <= now ? 0 : (int)((due - now) / 1000000u) + 1;
}

static void forgive(uint64_t before, int asked_ms) {
  uint64_t slept = now_ns() - before, asked = (uint64_t)asked_ms * 1000000u;
  if (asked_ms >= 0 && slept > asked + STALL_ns) timers_forgive(slept - asked);
}

static void serve(struct fuse_session *session) {
  struct fuse_buf buffer = {.mem = NULL};
  struct pollfd waiting[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                              {.fd = fuse_session_fd(session), .events = POLLIN}};
  for (int in_a_row = 0; !fuse_session_exited(session);) {
    fflush(stdout);
    uint64_t before = now_ns();
    int asked_ms = timeout_ms(before);
    if (poll(waiting, 2, asked_ms) < 0 && errno != EINTR) break;
    forgive(before, asked_ms);
    if (waiting[1].revents != 0) {
      int got = fuse_session_receive_buf(session, &buffer);
      if (got == 0 || (got < 0 && got != -EINTR && got != -EAGAIN)) break;
      if (got > 0) fuse_session_process_buf(session, &buffer);
    }
    in_a_row = waiting[1].revents == 0 ? 0 : in_a_row + 1;
    if (in_a_row % IN_A_ROW == 0) timers_check(now_ns());
    if (waiting[0].revents != 0 && !read_pipe()) break;
    waiting[0].revents = waiting[1].revents = 0;
  }
  free(buffer.mem);
}

static int run(const char *mountpoint) {
  char name[] = "fake-sysfs", option[] = "-o", value[] = "fsname=fake-sysfs,allow_other";
  char *arguments[] = {name, option, value, NULL};
  struct fuse_args args = FUSE_ARGS_INIT(3, arguments);
  struct fuse *fuse = fuse_new(&args, &tree_operations, sizeof tree_operations, NULL);
  if (fuse == NULL || fuse_mount(fuse, mountpoint) != 0) {
    fprintf(stderr, "fake-sysfs: cannot mount at %s\n", mountpoint);
    return 1;
  }
  struct fuse_session *session = fuse_get_session(fuse);
  fuse_set_signal_handlers(session);
  control_say("ready %llu %d", (unsigned long long)now_ns(), (int)getpid());
  serve(session);
  fuse_remove_signal_handlers(session);
  fuse_unmount(fuse);
  fuse_destroy(fuse);
  fuse_opt_free_args(&args);
  return 0;
}

int main(void) {
  const char *mountpoint;
  setvbuf(stdout, NULL, _IOFBF, 1 << 16);
  // A reader that is gone is noticed as the end of the other pipe.
  signal(SIGPIPE, SIG_IGN);
  while (!control_is_started(&mountpoint)) {
    fflush(stdout);
    if (!read_pipe()) return 1;
  }
  return run(mountpoint);
}
