/*
 * /sys/bus/iio/devices and /sys/class/hwmon: one read gives the value now. An ADC channel may have a peak detector
 * before it: while its reset line is active it is empty; after that it takes a while to fill and then holds the highest
 * (or lowest) that there was since. It is here and not behind the pipe because a board reads it 2 ms after the reset.
 */
#include "fake-sysfs.h"

enum side { SIDE_NONE, SIDE_HIGHEST, SIDE_LOWEST };

struct input {
  struct thing base;
  char file[32];
  struct attribute attributes[2];
  /* What the world puts there now, and what is shown instead while it is frozen. */
  long value, frozen;
  bool is_frozen;
  enum side side;
  struct thing *reset;
  long active, empty, held;
  bool is_reset;
  uint64_t settle_ns, filledAt;
  struct input *next_peak;
};

struct device {
  struct thing base;
  char name[48];
};

static struct input *peaks;
static long iio_count, hwmon_count;

static long read_input(struct thing *thing) {
  struct input *input = (struct input *)thing;
  if (input->is_frozen) return input->frozen;
  if (input->side == SIDE_NONE) return input->value;
  return input->is_reset || now_ns() < input->filledAt ? input->empty : input->held;
}

static int show_input(struct thing *thing, char *text) {
  return put(text, "%ld\n", read_input(thing));
}

static int set_input(struct thing *thing, long value) {
  struct input *input = (struct input *)thing;
  input->value = value;
  bool is_further = input->side == SIDE_HIGHEST ? value > input->held : value < input->held;
  if (is_further) input->held = value;
  return 0;
}

static int freeze_input(struct thing *thing, bool on) {
  struct input *input = (struct input *)thing;
  if (on && !input->is_frozen) input->frozen = read_input(thing);
  input->is_frozen = on;
  return 0;
}

void iio_line_changed(struct thing *line, long level, uint64_t at) {
  for (struct input *peak = peaks; peak != NULL; peak = peak->next_peak) {
    if (peak->reset != line) continue;
    peak->is_reset = level == peak->active;
    peak->held = peak->value;
    peak->filledAt = at + peak->settle_ns;
  }
}

int iio_add_peak(struct thing *channel, struct thing *reset, long active, const char *side, long settle_us, long empty) {
  bool is_highest = strcmp(side, "highest") == 0;
  if (channel->set != set_input || strncmp(reset->key, "gpio:", 5) != 0) return -EINVAL;
  if ((!is_highest && strcmp(side, "lowest") != 0) || settle_us < 0) return -EINVAL;
  struct input *input = (struct input *)channel;
  if (input->side != SIDE_NONE) return -EBUSY;
  input->side = is_highest ? SIDE_HIGHEST : SIDE_LOWEST;
  input->reset = reset;
  input->active = active;
  input->empty = empty;
  input->held = input->value;
  input->settle_ns = (uint64_t)settle_us * 1000u;
  input->is_reset = reset->look(reset) == active;
  input->next_peak = peaks;
  peaks = input;
  return 0;
}

static int show_name(struct thing *thing, char *text) {
  return put(text, "%s\n", ((struct device *)thing)->name);
}

static const struct attribute name_attribute = {"name", 0444, show_name, NULL};

static void add_name(const char *folder, const char *key, const char *name) {
  struct device *device = (struct device *)thing_new(sizeof *device, "name:%s", key);
  device->base.is_present = true;
  snprintf(device->name, sizeof device->name, "%s", name);
  tree_folder(folder);
  tree_file(folder, &device->base, &name_attribute);
}

static void add_input(const char *folder, struct thing *thing, const char *file) {
  struct input *input = (struct input *)thing;
  thing->is_present = true;
  thing->set = set_input;
  thing->look = read_input;
  thing->freeze = freeze_input;
  snprintf(input->file, sizeof input->file, "%s", file);
  input->attributes[0] = (struct attribute){input->file, 0444, show_input, NULL};
  tree_file(folder, thing, &input->attributes[0]);
}

/* Keys go by the device's name, as boards find it; its number is the order of the description. */
int iio_add_device(const char *device, const char *name, long channels) {
  if (channels < 1 || channels > 16 || strlen(device) > 40 || strlen(name) > 40) return -EINVAL;
  char folder[PATH_SIZE], link[PATH_SIZE], target[PATH_SIZE], file[32];
  snprintf(folder, sizeof folder, "/devices/platform/soc/%s/iio:device%ld", device, iio_count);
  add_name(folder, device, name);
  for (long number = 0; number < channels; number++) {
    snprintf(file, sizeof file, "in_voltage%ld_raw", number);
    add_input(folder, thing_new(sizeof(struct input), "iio:%s:%ld", name, number), file);
  }
  tree_folder("/bus/iio/devices");
  snprintf(link, sizeof link, "/bus/iio/devices/iio:device%ld", iio_count++);
  snprintf(target, sizeof target, "../../..%.140s", folder);
  tree_link(link, target);
  return 0;
}

int hwmon_add_device(const char *device, const char *name) {
  if (strlen(device) > 40 || strlen(name) > 40) return -EINVAL;
  char folder[PATH_SIZE], link[PATH_SIZE], target[PATH_SIZE];
  snprintf(folder, sizeof folder, "/devices/platform/soc/%s/hwmon/hwmon%ld", device, hwmon_count);
  add_name(folder, device, name);
  add_input(folder, thing_new(sizeof(struct input), "hwmon:%s", name), "temp1_input");
  tree_folder("/class/hwmon");
  snprintf(link, sizeof link, "/class/hwmon/hwmon%ld", hwmon_count++);
  snprintf(target, sizeof target, "../..%.140s", folder);
  tree_link(link, target);
  return 0;
}
