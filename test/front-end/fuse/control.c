/*
 * The control pipe: one line per message. To us `ID WORD ...`, from us `ID done NS`, `ID refused WHY` and, unasked,
 * `wrote NS KEY ATTRIBUTE TEXT LOOK` for each write to what is watched and `level NS KEY 0|1` when such a line changes. NS is CLOCK_MONOTONIC, taken in this process for
 * sets and writes alike, so a reaction time needs no second clock. The README of this folder lists the words.
 */
#include "fake-sysfs.h"

#include <ctype.h>
#include <stdarg.h>

#define WORDS 64

static char mountpoint[PATH_SIZE];

void control_say(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
  putchar('\n');
}

bool control_is_started(const char **path) {
  *path = mountpoint;
  return mountpoint[0] != '\0';
}

/* One word, whatever a program has written: nothing of it can look like a line of ours. */
static void make_word(const char *text, char *word, size_t size) {
  size_t length = 0;
  for (; text[length] != '\0' && length + 1 < size; length++)
    word[length] = isgraph((unsigned char)text[length]) ? text[length] : '?';
  if (length == 0) word[length++] = '-';
  word[length] = '\0';
}

void control_wrote(struct thing *thing, const char *attribute, const char *text, uint64_t at) {
  trial_wrote(thing, attribute, text, at);
  if (!thing->is_watched) return;
  char word[64];
  make_word(text, word, sizeof word);
  long look = thing->look == NULL ? 0 : thing->look(thing);
  control_say("wrote %llu %s %s %s %ld", (unsigned long long)at, thing->key, attribute, word, look);
}

/* A mistake is told in words; the text lives until the next one. */
static const char *because(const char *what, const char *value) {
  static char text[160];
  snprintf(text, sizeof text, "%s %.100s", what, value);
  return text;
}

static const char *do_describe(char **words, int count) {
  long first = 0, second = 0;
  int error = -EINVAL;
  if (mountpoint[0] != '\0') return "it is mounted: what it has cannot change";
  if (strcmp(words[0], "gpiochip") == 0 && count == 4 && parse_long(words[2], &first) && parse_long(words[3], &second))
    error = gpio_add_chip(words[1], first, second);
  else if (strcmp(words[0], "pwmchip") == 0 && count == 3 && parse_long(words[2], &first))
    error = pwm_add_chip(words[1], first);
  else if (strcmp(words[0], "iio") == 0 && count == 4 && parse_long(words[3], &first))
    error = iio_add_device(words[1], words[2], first);
  else if (strcmp(words[0], "hwmon") == 0 && count == 3)
    error = hwmon_add_device(words[1], words[2]);
  return error == 0 ? NULL : because("no such description:", words[0]);
}

static const char *do_attach(char **words, int count) {
  long active, settle_us, empty, timeout_ms;
  struct thing *thing = count > 1 ? thing_find(words[1]) : NULL;
  struct thing *reset = count > 3 ? thing_find(words[3]) : NULL;
  if (thing == NULL) return because("there is no", count > 1 ? words[1] : "nothing");
  if (strcmp(words[0], "watchdog") == 0 && count == 3 && parse_long(words[2], &timeout_ms))
    return watchdog_add(thing, timeout_ms) == 0 ? NULL : because("no watchdog on", words[1]);
  // peak KEY highest|lowest RESET ACTIVE SETTLE_us EMPTY
  if (count != 7 || reset == NULL || !parse_long(words[4], &active) || !parse_long(words[5], &settle_us) ||
      !parse_long(words[6], &empty))
    return "peak wants: KEY highest|lowest RESET ACTIVE SETTLE_us EMPTY";
  return iio_add_peak(thing, reset, active, words[2], settle_us, empty) == 0 ? NULL : because("no peak at", words[1]);
}

/* All of them are looked at before the first is set: it happens whole or not at all. */
static const char *do_set(char **words, int count) {
  long value;
  if (count < 3 || count % 2 == 0) return "set wants: KEY VALUE ...";
  for (int i = 1; i < count; i += 2) {
    struct thing *thing = thing_find(words[i]);
    if (thing == NULL || thing->set == NULL) return because("there is no input", words[i]);
    if (!parse_long(words[i + 1], &value)) return because("no number:", words[i + 1]);
    if (strncmp(words[i], "gpio:", 5) == 0 && value != 0 && value != 1) return because("no level:", words[i + 1]);
  }
  for (int i = 1; i < count; i += 2) {
    parse_long(words[i + 1], &value);
    struct thing *thing = thing_find(words[i]);
    thing->set(thing, value);
  }
  return NULL;
}

static const char *do_fail(struct thing *thing, char **words, int count) {
  long error, left;
  if (count != 6 || !parse_long(words[4], &error) || !parse_long(words[5], &left) || error < 0 || left < -1)
    return "fail wants: KEY ATTRIBUTE read|write ERRNO COUNT";
  bool is_read = strcmp(words[3], "read") == 0;
  if (!is_read && strcmp(words[3], "write") != 0) return because("neither read nor write:", words[3]);
  struct failure *failure = is_read ? &thing->reading : &thing->writing;
  snprintf(failure->attribute, sizeof failure->attribute, "%s", words[2]);
  failure->error = (int)error;
  failure->left = error == 0 ? 0 : left;
  return NULL;
}

static const char *do_stick(struct thing *thing, char **words, int count) {
  long level = -1;
  if (count != 3 || thing->stick == NULL) return because("cannot stick:", words[1]);
  bool is_free = strcmp(words[2], "free") == 0;
  if (!is_free && (!parse_long(words[2], &level) || level < 0 || level > 1)) return because("no level:", words[2]);
  thing->stick(thing, (int)level);
  return NULL;
}

static const char *do_freeze(struct thing *thing, char **words, int count) {
  if (count != 3 || thing->freeze == NULL) return because("cannot freeze:", words[1]);
  bool is_on = strcmp(words[2], "on") == 0;
  if (!is_on && strcmp(words[2], "off") != 0) return because("neither on nor off:", words[2]);
  thing->freeze(thing, is_on);
  return NULL;
}

/* KEY ATTRIBUTE TEXT WITHIN_ms set KEY VALUE ...: set now, and tell when that is written. It answers when it is over. */
static const char *do_trial(const char *id, char **words, int count, uint64_t at) {
  long within_ms;
  if (count < 8 || strcmp(words[5], "set") != 0 || !parse_long(words[4], &within_ms))
    return "trial wants: KEY ATTRIBUTE TEXT WITHIN_ms set KEY VALUE ...";
  struct thing *thing = thing_find(words[1]);
  if (thing == NULL) return because("there is no", words[1]);
  int error = trial_begin(id, at, thing, words[2], words[3], within_ms);
  if (error != 0) return error == -EBUSY ? "another trial runs" : because("no such trial of", words[1]);
  return do_set(words + 5, count - 5);
}

static const char *do_mount(char **words, int count) {
  if (count != 2 || words[1][0] != '/' || strlen(words[1]) >= sizeof mountpoint) return "mount wants a path";
  if (mountpoint[0] != '\0') return "it is mounted already";
  strcpy(mountpoint, words[1]);
  return NULL;
}

static const char *do_watch(char **words, int count) {
  for (int i = 1; i < count; i++) {
    struct thing *thing = thing_find(words[i]);
    if (thing == NULL) return because("there is no", words[i]);
    thing->is_watched = true;
  }
  return NULL;
}

static const char *do_one(char **words, int count) {
  struct thing *thing = count > 1 ? thing_find(words[1]) : NULL;
  if (thing == NULL) return because("there is no", count > 1 ? words[1] : words[0]);
  if (strcmp(words[0], "fail") == 0) return do_fail(thing, words, count);
  if (strcmp(words[0], "stick") == 0) return do_stick(thing, words, count);
  if (strcmp(words[0], "freeze") == 0) return do_freeze(thing, words, count);
  return because("no such word:", words[0]);
}

static const char *obey(char **words, int count) {
  if (strcmp(words[0], "set") == 0) return do_set(words, count);
  if (strcmp(words[0], "watch") == 0) return do_watch(words, count);
  if (strcmp(words[0], "mount") == 0) return do_mount(words, count);
  if (strcmp(words[0], "peak") == 0 || strcmp(words[0], "watchdog") == 0) return do_attach(words, count);
  const char *const kinds[] = {"gpiochip", "pwmchip", "iio", "hwmon"};
  for (size_t i = 0; i < 4; i++)
    if (strcmp(words[0], kinds[i]) == 0) return do_describe(words, count);
  return do_one(words, count);
}

void control_line(char *line) {
  char *words[WORDS], *rest = NULL;
  int count = 0;
  for (char *word = strtok_r(line, " ", &rest); word != NULL && count < WORDS; word = strtok_r(NULL, " ", &rest))
    words[count++] = word;
  if (count < 2 || count == WORDS) {
    control_say("- refused a line of %d words", count);
    return;
  }
  uint64_t at = now_ns();
  struct thing *thing = count == 3 ? thing_find(words[2]) : NULL;
  if (strcmp(words[1], "get") == 0 && thing != NULL && thing->look != NULL) {
    control_say("%s value %llu %ld", words[0], (unsigned long long)at, thing->look(thing));
    return;
  }
  bool is_trial = strcmp(words[1], "trial") == 0;
  const char *wrong = is_trial ? do_trial(words[0], words + 1, count - 1, at) : obey(words + 1, count - 1);
  if (wrong != NULL) control_say("%s refused %s", words[0], wrong);
  else if (!is_trial) control_say("%s done %llu", words[0], (unsigned long long)at);
}
