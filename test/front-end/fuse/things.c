/*
 * The list of all things by their keys, and what all share: text to number as strictly as the kernel's, number to text,
 * and the one clock that every time stamp is of.
 */
#include "fake-sysfs.h"

#include <ctype.h>
#include <stdarg.h>
#include <time.h>

static struct thing *first;

struct thing *thing_new(size_t size, const char *format, ...) {
  struct thing *thing = calloc(1, size);
  if (thing == NULL) {
    perror("fake-sysfs");
    exit(1);
  }
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(thing->key, sizeof thing->key, format, arguments);
  va_end(arguments);
  thing->next = first;
  first = thing;
  return thing;
}

struct thing *thing_find(const char *key) {
  struct thing *thing = first;
  while (thing != NULL && strcmp(thing->key, key) != 0) thing = thing->next;
  return thing;
}

uint64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

bool parse_long(const char *text, long *value) {
  char *end;
  if (text[0] == '\0' || isspace((unsigned char)text[0])) return false;
  errno = 0;
  *value = strtol(text, &end, 0);
  return errno == 0 && *end == '\0';
}

int put(char *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, TEXT_SIZE, format, arguments);
  va_end(arguments);
  return 0;
}

/* The kernel takes one newline at the end and nothing else. */
void trim(char *text) {
  size_t length = strlen(text);
  if (length > 0 && text[length - 1] == '\n') text[length - 1] = '\0';
}
