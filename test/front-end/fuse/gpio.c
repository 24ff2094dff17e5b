/*
 * /sys/class/gpio as Documentation/ABI/obsolete/sysfs-gpio and drivers/gpio/gpiolib-sysfs.c have it: chips with a label
 * and a base, export and unexport, direction, value, edge, active_low. What a line is told stays when it is unexported
 * and when the program dies: it is hardware.
 */
#include "fake-sysfs.h"

struct chip {
  struct thing base;
  char label[48];
  char device[PATH_SIZE];
  long first, count;
  struct line *lines[256];
  struct chip *next;
};

enum edge { EDGE_NONE, EDGE_RISING, EDGE_FALLING, EDGE_BOTH };

struct line {
  struct thing base;
  struct chip *chip;
  long number;
  bool is_output, is_active_low;
  enum edge edge;
  /* The output register, and what the world puts on the line. stuck: what it shows whatever both say; -1 = sound. */
  long driven, outside;
  int stuck;
};

static struct chip *chips;
static const char *const edge_names[] = {"none", "rising", "falling", "both"};

static long level_of(struct thing *thing) {
  struct line *line = (struct line *)thing;
  if (line->stuck >= 0) return line->stuck;
  return line->is_output ? line->driven : line->outside;
}

/* An interrupt is of the value that the program sees, so active_low turns it about. */
static void tell_change(struct line *line, long before) {
  long level = level_of(&line->base);
  if (level == before) return;
  uint64_t at = now_ns();
  if (line->base.is_watched) control_say("level %llu %s %ld", (unsigned long long)at, line->base.key, level);
  iio_line_changed(&line->base, level, at);
  watchdog_line_changed(&line->base, at);
  bool has_risen = (level != 0) != line->is_active_low;
  bool is_wanted = line->edge == EDGE_BOTH || line->edge == (has_risen ? EDGE_RISING : EDGE_FALLING);
  if (is_wanted && !line->is_output && line->base.is_present) tree_notify(&line->base);
}

static int set_line(struct thing *thing, long value) {
  struct line *line = (struct line *)thing;
  if (value != 0 && value != 1) return -EINVAL;
  long before = level_of(thing);
  line->outside = value;
  tell_change(line, before);
  return 0;
}

static int stick_line(struct thing *thing, int level) {
  struct line *line = (struct line *)thing;
  long before = level_of(thing);
  line->stuck = level;
  tell_change(line, before);
  return 0;
}

static int show_direction(struct thing *thing, char *text) {
  return put(text, "%s\n", ((struct line *)thing)->is_output ? "out" : "in");
}

/* high and low are levels of the wire, whatever active_low says. */
static int store_direction(struct thing *thing, const char *text) {
  struct line *line = (struct line *)thing;
  bool is_high = strcmp(text, "high") == 0;
  bool is_output = is_high || strcmp(text, "out") == 0 || strcmp(text, "low") == 0;
  if (!is_output && strcmp(text, "in") != 0) return -EINVAL;
  long before = level_of(thing);
  line->is_output = is_output;
  if (is_output) line->driven = is_high;
  tell_change(line, before);
  return 0;
}

static int show_value(struct thing *thing, char *text) {
  return put(text, "%d\n", (level_of(thing) != 0) != ((struct line *)thing)->is_active_low);
}

static int store_value(struct thing *thing, const char *text) {
  struct line *line = (struct line *)thing;
  long value, before = level_of(thing);
  if (!line->is_output) return -EPERM;
  if (!parse_long(text, &value)) return -EINVAL;
  line->driven = (value != 0) != line->is_active_low;
  tell_change(line, before);
  return 0;
}

static int show_edge(struct thing *thing, char *text) {
  return put(text, "%s\n", edge_names[((struct line *)thing)->edge]);
}

static int store_edge(struct thing *thing, const char *text) {
  struct line *line = (struct line *)thing;
  for (int edge = EDGE_NONE; edge <= EDGE_BOTH; edge++) {
    if (strcmp(text, edge_names[edge]) != 0) continue;
    // gpiochip_lock_as_irq refuses a line that is driven.
    if (edge != EDGE_NONE && line->is_output) return -EIO;
    line->edge = (enum edge)edge;
    return 0;
  }
  return -EINVAL;
}

static int show_active_low(struct thing *thing, char *text) {
  return put(text, "%d\n", ((struct line *)thing)->is_active_low);
}

static int store_active_low(struct thing *thing, const char *text) {
  long value;
  if (!parse_long(text, &value)) return -EINVAL;
  ((struct line *)thing)->is_active_low = value != 0;
  return 0;
}

static const struct attribute line_attributes[] = {
    {"direction", 0644, show_direction, store_direction}, {"value", 0644, show_value, store_value},
    {"edge", 0644, show_edge, store_edge},                {"active_low", 0644, show_active_low, store_active_low},
    {NULL, 0, NULL, NULL}};

static struct line *line_of(long number) {
  for (struct chip *chip = chips; chip != NULL; chip = chip->next)
    if (number >= chip->first && number < chip->first + chip->count) return chip->lines[number - chip->first];
  return NULL;
}

static void paths_of(const struct line *line, char *folder, char *link) {
  snprintf(folder, PATH_SIZE, "/%.120s/gpio/gpio%ld", line->chip->device, line->number);
  snprintf(link, PATH_SIZE, "/class/gpio/gpio%ld", line->number);
}

static int store_export(struct thing *thing, const char *text) {
  (void)thing;
  long number;
  if (!parse_long(text, &number)) return -EINVAL;
  struct line *line = line_of(number);
  if (line == NULL) return -EINVAL;
  if (line->base.is_present) return -EBUSY;
  char folder[PATH_SIZE], link[PATH_SIZE], target[PATH_SIZE];
  paths_of(line, folder, link);
  snprintf(target, sizeof target, "../..%.150s", folder);
  line->base.is_present = true;
  line->base.generation++;
  tree_folder(folder);
  tree_files(folder, &line->base, line_attributes);
  tree_link(link, target);
  return 0;
}

static int store_unexport(struct thing *thing, const char *text) {
  (void)thing;
  long number;
  if (!parse_long(text, &number)) return -EINVAL;
  struct line *line = line_of(number);
  if (line == NULL || !line->base.is_present) return -EINVAL;
  char folder[PATH_SIZE], link[PATH_SIZE];
  paths_of(line, folder, link);
  tree_remove(folder);
  tree_remove(link);
  line->base.is_present = false;
  line->edge = EDGE_NONE;
  line->is_active_low = false;
  tree_notify(&line->base);
  return 0;
}

static const struct attribute class_attributes[] = {
    {"export", 0200, NULL, store_export}, {"unexport", 0200, NULL, store_unexport}, {NULL, 0, NULL, NULL}};

static int show_label(struct thing *thing, char *text) {
  return put(text, "%s\n", ((struct chip *)thing)->label);
}
static int show_base(struct thing *thing, char *text) {
  return put(text, "%ld\n", ((struct chip *)thing)->first);
}
static int show_ngpio(struct thing *thing, char *text) {
  return put(text, "%ld\n", ((struct chip *)thing)->count);
}

static const struct attribute chip_attributes[] = {{"label", 0444, show_label, NULL},
                                                   {"base", 0444, show_base, NULL},
                                                   {"ngpio", 0444, show_ngpio, NULL},
                                                   {NULL, 0, NULL, NULL}};

static void publish_chip(struct chip *chip) {
  char folder[PATH_SIZE], link[PATH_SIZE], target[PATH_SIZE];
  snprintf(folder, sizeof folder, "/%.100s/gpio/gpiochip%ld", chip->device, chip->first);
  tree_folder(folder);
  tree_files(folder, &chip->base, chip_attributes);
  snprintf(link, sizeof link, "%.120s/device", folder);
  snprintf(target, sizeof target, "../../../%s", chip->label);
  tree_link(link, target);
  snprintf(link, sizeof link, "/class/gpio/gpiochip%ld", chip->first);
  snprintf(target, sizeof target, "../..%.150s", folder);
  tree_link(link, target);
}

int gpio_add_chip(const char *label, long base, long count) {
  if (base < 0 || count < 1 || count > 256 || strlen(label) >= sizeof chips->label) return -EINVAL;
  if (chips == NULL) {
    struct thing *class = thing_new(sizeof *class, "gpio");
    class->is_present = true;
    tree_folder("/class/gpio");
    tree_files("/class/gpio", class, class_attributes);
  }
  struct chip *chip = (struct chip *)thing_new(sizeof *chip, "gpio:%s", label);
  chip->base.is_present = true;
  strcpy(chip->label, label);
  snprintf(chip->device, sizeof chip->device, "devices/platform/soc/%s", label);
  chip->first = base;
  chip->count = count;
  for (long offset = 0; offset < count; offset++) {
    struct line *line = (struct line *)thing_new(sizeof *line, "gpio:%s:%ld", label, offset);
    line->base.set = set_line;
    line->base.look = level_of;
    line->base.stick = stick_line;
    line->chip = chip;
    line->number = base + offset;
    line->stuck = -1;
    chip->lines[offset] = line;
  }
  chip->next = chips;
  chips = chip;
  publish_chip(chip);
  return 0;
}
