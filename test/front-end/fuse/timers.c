/*
 * What time alone brings about: a coil driver that drops without pulses on its line (a retriggerable one-shot), and the
 * end of a trial that waits for a write. Both are here because their times must not depend on who listens to the pipe.
 */
#include "fake-sysfs.h"

#define WATCHDOGS 8

struct watchdog {
  struct thing *line;
  uint64_t timeout_ns, dropsAt;
  bool is_alive;
};

static struct watchdog watchdogs[WATCHDOGS];
static size_t count;

static struct {
  char id[24];
  struct thing *thing;
  char attribute[32], text[64];
  uint64_t at, until;
} trial;

int watchdog_add(struct thing *line, long timeout_ms) {
  if (count == WATCHDOGS || timeout_ms < 1 || strncmp(line->key, "gpio:", 5) != 0) return -EINVAL;
  watchdogs[count++] = (struct watchdog){.line = line, .timeout_ns = (uint64_t)timeout_ms * 1000000u};
  return 0;
}

/* Any change of the level is a pulse: one that hangs, high or low, is none. */
void watchdog_line_changed(struct thing *line, uint64_t at) {
  for (size_t i = 0; i < count; i++) {
    struct watchdog *each = &watchdogs[i];
    if (each->line != line) continue;
    each->dropsAt = at + each->timeout_ns;
    if (each->is_alive) continue;
    each->is_alive = true;
    control_say("pulsed %llu %s", (unsigned long long)at, line->key);
  }
}

int trial_begin(const char *id, uint64_t at, struct thing *thing, const char *attribute, const char *text,
                long within_ms) {
  if (trial.thing != NULL) return -EBUSY;
  if (within_ms < 1 || strlen(id) >= sizeof trial.id) return -EINVAL;
  if (strlen(attribute) >= sizeof trial.attribute || strlen(text) >= sizeof trial.text) return -EINVAL;
  strcpy(trial.id, id);
  strcpy(trial.attribute, attribute);
  strcpy(trial.text, text);
  trial.thing = thing;
  trial.at = at;
  trial.until = at + (uint64_t)within_ms * 1000000u;
  return 0;
}

void trial_wrote(struct thing *thing, const char *attribute, const char *text, uint64_t at) {
  if (trial.thing != thing || strcmp(trial.attribute, attribute) != 0 || strcmp(trial.text, text) != 0) return;
  trial.thing = NULL;
  control_say("%s trial %llu %llu", trial.id, (unsigned long long)trial.at, (unsigned long long)at);
}

void timers_check(uint64_t now) {
  for (size_t i = 0; i < count; i++) {
    struct watchdog *each = &watchdogs[i];
    if (!each->is_alive || now < each->dropsAt) continue;
    each->is_alive = false;
    control_say("dropped %llu %s", (unsigned long long)now, each->line->key);
  }
  if (trial.thing == NULL || now < trial.until) return;
  trial.thing = NULL;
  control_say("%s late %llu", trial.id, (unsigned long long)trial.at);
}

/* Time in which this process did not run is not held against the board: its pulses waited for us. */
void timers_forgive(uint64_t stalled_ns) {
  for (size_t i = 0; i < count; i++) watchdogs[i].dropsAt += stalled_ns;
}

uint64_t timers_due(void) {
  uint64_t due = UINT64_MAX;
  for (size_t i = 0; i < count; i++)
    if (watchdogs[i].is_alive && watchdogs[i].dropsAt < due) due = watchdogs[i].dropsAt;
  if (trial.thing != NULL && trial.until < due) due = trial.until;
  return due;
}
