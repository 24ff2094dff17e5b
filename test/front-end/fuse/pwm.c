/*
 * /sys/class/pwm as Documentation/ABI/testing/sysfs-class-pwm and pwm_apply have it. A fresh channel has period 0 and
 * refuses everything but a period, `enable` too; no duty is ever above its period. A channel goes on when its program
 * dies. Chips are numbered in the order in which they are described, so that a number is no name.
 */
#include "fake-sysfs.h"

struct channel {
  struct thing base;
  struct pwm_chip *chip;
  long number;
  unsigned long long period, duty;
  bool is_enabled, is_inversed;
};

struct pwm_chip {
  struct thing base;
  char folder[PATH_SIZE];
  long count;
  struct channel *channels[16];
};

static long chip_count;

static bool parse_ns(const char *text, unsigned long long *value) {
  char *end;
  if (text[0] < '0' || text[0] > '9') return false;
  errno = 0;
  *value = strtoull(text, &end, 0);
  return errno == 0 && *end == '\0';
}

/* pwm_apply: whatever part of the state was meant, the whole must be one that can be. */
static int apply(struct channel *channel, struct channel wanted) {
  if (wanted.period == 0 || wanted.duty > wanted.period) return -EINVAL;
  *channel = wanted;
  return 0;
}

static int show_period(struct thing *thing, char *text) {
  return put(text, "%llu\n", ((struct channel *)thing)->period);
}

static int store_period(struct thing *thing, const char *text) {
  struct channel wanted = *(struct channel *)thing;
  if (!parse_ns(text, &wanted.period)) return -EINVAL;
  return apply((struct channel *)thing, wanted);
}

static int show_duty(struct thing *thing, char *text) {
  return put(text, "%llu\n", ((struct channel *)thing)->duty);
}

static int store_duty(struct thing *thing, const char *text) {
  struct channel wanted = *(struct channel *)thing;
  if (!parse_ns(text, &wanted.duty)) return -EINVAL;
  return apply((struct channel *)thing, wanted);
}

static int show_enable(struct thing *thing, char *text) {
  return put(text, "%d\n", ((struct channel *)thing)->is_enabled);
}

static int store_enable(struct thing *thing, const char *text) {
  struct channel wanted = *(struct channel *)thing;
  if (strcmp(text, "0") != 0 && strcmp(text, "1") != 0) return -EINVAL;
  wanted.is_enabled = text[0] == '1';
  return apply((struct channel *)thing, wanted);
}

static int show_polarity(struct thing *thing, char *text) {
  return put(text, "%s\n", ((struct channel *)thing)->is_inversed ? "inversed" : "normal");
}

static int store_polarity(struct thing *thing, const char *text) {
  struct channel wanted = *(struct channel *)thing;
  if (strcmp(text, "normal") != 0 && strcmp(text, "inversed") != 0) return -EINVAL;
  wanted.is_inversed = text[0] == 'i';
  return apply((struct channel *)thing, wanted);
}

/* How much of each period the pin is high, in permille; a channel that is off holds it low. */
static long high_permille(struct thing *thing) {
  struct channel *channel = (struct channel *)thing;
  if (!channel->is_enabled || channel->period == 0) return 0;
  long permille = (long)((channel->duty * 1000 + channel->period / 2) / channel->period);
  return channel->is_inversed ? 1000 - permille : permille;
}

static const struct attribute channel_attributes[] = {
    {"period", 0644, show_period, store_period}, {"duty_cycle", 0644, show_duty, store_duty},
    {"enable", 0644, show_enable, store_enable}, {"polarity", 0644, show_polarity, store_polarity},
    {NULL, 0, NULL, NULL}};

static int store_export(struct thing *thing, const char *text) {
  struct pwm_chip *chip = (struct pwm_chip *)thing;
  long number;
  if (!parse_long(text, &number)) return -EINVAL;
  if (number < 0 || number >= chip->count) return -ENODEV;
  struct channel *channel = chip->channels[number];
  if (channel->base.is_present) return -EBUSY;
  char folder[PATH_SIZE];
  snprintf(folder, sizeof folder, "%.120s/pwm%ld", chip->folder, number);
  channel->base.is_present = true;
  channel->base.generation++;
  tree_folder(folder);
  tree_files(folder, &channel->base, channel_attributes);
  return 0;
}

static int store_unexport(struct thing *thing, const char *text) {
  struct pwm_chip *chip = (struct pwm_chip *)thing;
  long number;
  if (!parse_long(text, &number)) return -EINVAL;
  if (number < 0 || number >= chip->count || !chip->channels[number]->base.is_present) return -ENODEV;
  char folder[PATH_SIZE];
  snprintf(folder, sizeof folder, "%.120s/pwm%ld", chip->folder, number);
  chip->channels[number]->base.is_present = false;
  tree_remove(folder);
  return 0;
}

static int show_npwm(struct thing *thing, char *text) {
  return put(text, "%ld\n", ((struct pwm_chip *)thing)->count);
}

static const struct attribute chip_attributes[] = {{"export", 0200, NULL, store_export},
                                                   {"unexport", 0200, NULL, store_unexport},
                                                   {"npwm", 0444, show_npwm, NULL},
                                                   {NULL, 0, NULL, NULL}};

int pwm_add_chip(const char *device, long count) {
  if (count < 1 || count > 16 || strlen(device) > 40) return -EINVAL;
  struct pwm_chip *chip = (struct pwm_chip *)thing_new(sizeof *chip, "pwm:%s", device);
  chip->base.is_present = true;
  chip->count = count;
  char link[PATH_SIZE], target[PATH_SIZE];
  snprintf(chip->folder, PATH_SIZE, "/devices/platform/soc/%s/pwm/pwmchip%ld", device, chip_count);
  for (long number = 0; number < count; number++) {
    struct channel *channel = (struct channel *)thing_new(sizeof *channel, "pwm:%s:%ld", device, number);
    channel->base.look = high_permille;
    channel->chip = chip;
    channel->number = number;
    chip->channels[number] = channel;
  }
  tree_folder(chip->folder);
  tree_files(chip->folder, &chip->base, chip_attributes);
  snprintf(link, sizeof link, "%.120s/device", chip->folder);
  snprintf(target, sizeof target, "../../../%s", device);
  tree_link(link, target);
  tree_folder("/class/pwm");
  snprintf(link, sizeof link, "/class/pwm/pwmchip%ld", chip_count++);
  snprintf(target, sizeof target, "../..%.150s", chip->folder);
  tree_link(link, target);
  return 0;
}
