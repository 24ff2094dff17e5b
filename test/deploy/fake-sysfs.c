// Stands between a shell and a folder that looks like /sys/class: answers the writes of the GPIO and PWM ABI as the kernel
// does. `export` makes the line, `direction` takes low and high, a duty above the period is refused. Loaded by LD_PRELOAD.
// A file named `fails` beside an attribute makes its writes fail with EIO; one named `stuck` makes them go nowhere.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef ssize_t (*write_call)(int, const void *, size_t);
typedef int (*open_call)(const char *, int, ...);
#define PATH_SIZE 4096

static write_call real_write(void) {
  static write_call found;
  if (found == NULL) found = (write_call)dlsym(RTLD_NEXT, "write");
  return found;
}

static open_call real_open(void) {
  static open_call found;
  if (found == NULL) found = (open_call)dlsym(RTLD_NEXT, "open");
  return found;
}

static int ends_with(const char *text, const char *end) {
  size_t length = strlen(text), tail = strlen(end);
  return length >= tail && strcmp(text + length - tail, end) == 0;
}

static void join(char *into, const char *folder, const char *name) { snprintf(into, PATH_SIZE, "%.3000s/%.500s", folder, name); }

static void fill(const char *folder, const char *name, const char *text) {
  char path[PATH_SIZE];
  join(path, folder, name);
  int file = real_open()(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0) return;
  real_write()(file, text, strlen(text));
  close(file);
}

static long number_in(const char *folder, const char *name) {
  char path[PATH_SIZE], text[32] = "";
  join(path, folder, name);
  int file = open(path, O_RDONLY);
  if (file < 0) return -1;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  return length <= 0 ? -1 : atol(text);
}

static int exists(const char *folder, const char *name) {
  char path[PATH_SIZE];
  join(path, folder, name);
  return access(path, F_OK) == 0;
}

static int refuse(int code) { return errno = code, -1; }

/** As a kernel that has such a line: one folder for each, made at once. */
static int export_one(const char *folder, const char *prefix, const char *word) {
  char name[64], path[PATH_SIZE];
  snprintf(name, sizeof name, "%s%ld", prefix, atol(word));
  join(path, folder, name);
  if (exists(folder, "lacks") && number_in(folder, "lacks") == atol(word)) return refuse(EINVAL);
  if (mkdir(path, 0755) != 0) return refuse(EBUSY);
  if (strcmp(prefix, "gpio") == 0) {
    fill(path, "direction", "in\n");
    fill(path, "value", "1\n");
    fill(path, "active_low", "0\n");
  } else {
    fill(path, "period", "0\n");
    fill(path, "duty_cycle", "0\n");
    fill(path, "enable", "0\n");
  }
  return 0;
}

static int set_direction(const char *folder, const char *word) {
  int high = strncmp(word, "high", 4) == 0;
  if (!high && strncmp(word, "low", 3) != 0) return refuse(EINVAL);
  int turned = number_in(folder, "active_low") == 1;
  fill(folder, "direction", "out\n");
  fill(folder, "value", high != turned ? "1\n" : "0\n");
  return 0;
}

static int set_pwm(const char *folder, const char *attribute, const char *word) {
  long value = atol(word), period = number_in(folder, "period"), duty = number_in(folder, "duty_cycle");
  if (strcmp(attribute, "period") == 0 && value < duty) return refuse(EINVAL);
  if (strcmp(attribute, "duty_cycle") == 0 && (period == 0 || value > period)) return refuse(EINVAL);
  if (strcmp(attribute, "enable") == 0 && value == 1 && period == 0) return refuse(EINVAL);
  fill(folder, attribute, word);
  return 0;
}

/** @return 0 done, -1 refused, 1 nothing of ours */
static int answer(const char *path, const char *word) {
  char folder[PATH_SIZE];
  snprintf(folder, sizeof folder, "%s", path);
  char *slash = strrchr(folder, '/');
  if (slash == NULL || strstr(path, "/class/") == NULL) return 1;
  *slash = '\0';
  const char *attribute = slash + 1;
  if (exists(folder, "fails")) return refuse(EIO);
  if (exists(folder, "stuck")) return 0;
  if (ends_with(path, "/class/gpio/export")) return export_one(folder, "gpio", word);
  if (strcmp(attribute, "export") == 0) return export_one(folder, "pwm", word);
  if (strcmp(attribute, "direction") == 0) return set_direction(folder, word);
  if (strstr(folder, "/pwm/") != NULL) return set_pwm(folder, attribute, word);
  if (strcmp(attribute, "value") == 0) {
    char direction[PATH_SIZE], now[8] = "";
    join(direction, folder, "direction");
    int file = open(direction, O_RDONLY);
    if (file < 0) return 1;
    ssize_t length = read(file, now, 2);
    close(file);
    if (length == 2 && strncmp(now, "in", 2) == 0) return refuse(EPERM);
  }
  return 1;
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  char link[64], path[PATH_SIZE], word[64] = "";
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return real_write()(descriptor, bytes, count);
  path[length] = '\0';
  memcpy(word, bytes, count < sizeof word - 1 ? count : sizeof word - 1);
  int answered = answer(path, word);
  if (answered == 1) return real_write()(descriptor, bytes, count);
  return answered == 0 ? (ssize_t)count : -1;
}

/** A shell's `>` truncates, which means nothing to an attribute. */
static int open_kept(const char *path, int flags, mode_t mode) {
  return real_open()(path, strstr(path, "/class/") == NULL ? flags : flags & ~O_TRUNC, mode);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return open_kept(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return open_kept(path, flags, mode);
}
