/*
 * What the files of the fake sysfs share. A thing is one object that a program sees through files and the world outside
 * through the control pipe: a GPIO line, a PWM channel, an ADC channel, a thermometer. An attribute is one such file.
 * Everything is made before the mount and lives until the end; only the files of a thing come and go.
 */
#ifndef FAKE_SYSFS_H
#define FAKE_SYSFS_H

#define FUSE_USE_VERSION 312

#include <errno.h>
#include <fuse.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_SIZE 4096
#define PATH_SIZE 160
#define KEY_SIZE 96

struct thing;

struct attribute {
  const char *name;
  mode_t mode;
  /* 0 or -errno */
  int (*show)(struct thing *thing, char *text);
  int (*store)(struct thing *thing, const char *text);
};

/* What the control pipe has asked of the next reads or writes of one attribute. */
struct failure {
  char attribute[32];
  int error;
  long left; /* -1: until it is mended */
};

struct thing {
  char key[KEY_SIZE];
  struct thing *next;
  /* Counts what poll tells, as kernfs does; and how often its files were made, so that old descriptors stay dead. */
  unsigned events, generation;
  bool is_present, is_watched;
  struct failure reading, writing;
  /* From outside: a level, a count of the converter, a temperature. NULL: it has no such input. */
  int (*set)(struct thing *thing, long value);
  /* What an onlooker measures; for the answer to `get`, and beside each write that is told. */
  long (*look)(struct thing *thing);
  int (*stick)(struct thing *thing, int level);
  int (*freeze)(struct thing *thing, bool on);
};

/* tree.c: paths, and what a program does with them */
extern const struct fuse_operations tree_operations;
void tree_folder(const char *path);
void tree_link(const char *path, const char *target);
void tree_file(const char *folder, struct thing *thing, const struct attribute *attribute);
void tree_files(const char *folder, struct thing *thing, const struct attribute *attributes);
void tree_remove(const char *path);
/* Whoever polls a file of it is woken. */
void tree_notify(struct thing *thing);

/* gpio.c, pwm.c, sensors.c: 0 or -errno */
int gpio_add_chip(const char *label, long base, long count);
int pwm_add_chip(const char *device, long count);
int iio_add_device(const char *device, const char *name, long channels);
int hwmon_add_device(const char *device, const char *name);
int iio_add_peak(struct thing *channel, struct thing *reset, long active, const char *side, long settle_us, long empty);
/* Whatever hangs on a line hears of each of its levels. */
void iio_line_changed(struct thing *line, long level, uint64_t at);
void watchdog_line_changed(struct thing *line, uint64_t at);

/* control.c: the pipe */
void control_line(char *line);
void control_wrote(struct thing *thing, const char *attribute, const char *text, uint64_t at);
void control_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
bool control_is_started(const char **mountpoint);

/* timers.c: what time alone brings about */
int watchdog_add(struct thing *line, long timeout_ms);
void timers_check(uint64_t now);
void timers_forgive(uint64_t stalled_ns);
uint64_t timers_due(void);
int trial_begin(const char *id, uint64_t at, struct thing *thing, const char *attribute, const char *text, long within_ms);
void trial_wrote(struct thing *thing, const char *attribute, const char *text, uint64_t at);

/* things.c */
struct thing *thing_new(size_t size, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct thing *thing_find(const char *key);
uint64_t now_ns(void);
bool parse_long(const char *text, long *value);
void trim(char *text);
int put(char *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
