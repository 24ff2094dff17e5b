/*
 * The tree of paths, and what a program may do with them: as kernfs does it. A file's text is made anew by each read, a
 * write is handed over whole, nothing can be created, and poll says POLLPRI once more for whoever has not read since.
 */
#include "fake-sysfs.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

#define ENTRIES 4096

struct entry {
  char path[PATH_SIZE];
  char target[PATH_SIZE];
  struct thing *thing;
  const struct attribute *attribute;
};

/* One descriptor of a program. */
struct opened {
  struct thing *thing;
  const struct attribute *attribute;
  unsigned seen, generation;
  struct fuse_pollhandle *handle;
  struct opened *next;
};

static struct entry entries[ENTRIES];
static size_t count;
static struct opened *descriptors;

static struct entry *find(const char *path) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(entries[i].path, path) == 0) return &entries[i];
  return NULL;
}

static struct entry *add(const char *path) {
  if (count == ENTRIES || strlen(path) >= PATH_SIZE) {
    fprintf(stderr, "fake-sysfs: no room for %s\n", path);
    exit(1);
  }
  struct entry *entry = &entries[count++];
  memset(entry, 0, sizeof *entry);
  strcpy(entry->path, path);
  return entry;
}

/* With every folder above it. */
void tree_folder(const char *path) {
  char part[PATH_SIZE];
  for (const char *slash = path; slash != NULL;) {
    slash = strchr(slash + 1, '/');
    snprintf(part, sizeof part, "%.*s", slash == NULL ? PATH_SIZE : (int)(slash - path), path);
    if (find(part) == NULL) add(part);
  }
}

void tree_link(const char *path, const char *target) {
  snprintf(add(path)->target, PATH_SIZE, "%s", target);
}

void tree_file(const char *folder, struct thing *thing, const struct attribute *attribute) {
  char path[PATH_SIZE];
  snprintf(path, sizeof path, "%.110s/%.40s", folder, attribute->name);
  struct entry *entry = add(path);
  entry->thing = thing;
  entry->attribute = attribute;
}

void tree_files(const char *folder, struct thing *thing, const struct attribute *attributes) {
  for (const struct attribute *each = attributes; each->name != NULL; each++) tree_file(folder, thing, each);
}

void tree_remove(const char *path) {
  size_t length = strlen(path), kept = 0;
  for (size_t i = 0; i < count; i++) {
    const char *rest = entries[i].path + length;
    bool is_below = strncmp(entries[i].path, path, length) == 0 && (*rest == '\0' || *rest == '/');
    if (!is_below) entries[kept++] = entries[i];
  }
  count = kept;
}

static void wake(struct opened *opened) {
  if (opened->handle == NULL) return;
  fuse_notify_poll(opened->handle);
  fuse_pollhandle_destroy(opened->handle);
  opened->handle = NULL;
}

void tree_notify(struct thing *thing) {
  thing->events++;
  for (struct opened *each = descriptors; each != NULL; each = each->next)
    if (each->thing == thing) wake(each);
}

static int do_getattr(const char *path, struct stat *stat, struct fuse_file_info *info) {
  (void)info;
  struct entry *entry = find(path);
  bool is_root = strcmp(path, "/") == 0;
  if (entry == NULL && !is_root) return -ENOENT;
  memset(stat, 0, sizeof *stat);
  stat->st_nlink = 1;
  if (is_root || (entry->thing == NULL && entry->target[0] == '\0')) {
    stat->st_mode = S_IFDIR | 0755;
  } else if (entry->target[0] != '\0') {
    stat->st_mode = S_IFLNK | 0777;
  } else {
    stat->st_mode = S_IFREG | entry->attribute->mode;
    stat->st_size = TEXT_SIZE;
  }
  return 0;
}

static int do_readdir(const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset, struct fuse_file_info *info,
                      enum fuse_readdir_flags flags) {
  (void)offset, (void)info, (void)flags;
  size_t length = strcmp(path, "/") == 0 ? 0 : strlen(path);
  fill(buffer, ".", NULL, 0, 0);
  fill(buffer, "..", NULL, 0, 0);
  for (size_t i = 0; i < count; i++) {
    const char *rest = entries[i].path + length;
    if (strncmp(entries[i].path, path, length) != 0 || *rest != '/' || strchr(rest + 1, '/') != NULL) continue;
    struct stat stat;
    do_getattr(entries[i].path, &stat, NULL);
    fill(buffer, rest + 1, &stat, 0, 0);
  }
  return 0;
}

static int do_readlink(const char *path, char *target, size_t size) {
  struct entry *entry = find(path);
  if (entry == NULL || entry->target[0] == '\0') return entry == NULL ? -ENOENT : -EINVAL;
  snprintf(target, size, "%s", entry->target);
  return 0;
}

/* The kernel lets even root through neither in the direction that an attribute has not. */
static int do_open(const char *path, struct fuse_file_info *info) {
  struct entry *entry = find(path);
  if (entry == NULL || entry->thing == NULL) return -ENOENT;
  int access = info->flags & O_ACCMODE;
  if (access != O_RDONLY && entry->attribute->store == NULL) return -EACCES;
  if (access != O_WRONLY && entry->attribute->show == NULL) return -EACCES;
  struct opened *opened = calloc(1, sizeof *opened);
  if (opened == NULL) return -ENOMEM;
  opened->thing = entry->thing;
  opened->attribute = entry->attribute;
  opened->generation = entry->thing->generation;
  // As a fresh kernfs descriptor: the first poll before any read tells at once.
  opened->seen = entry->thing->events - 1;
  opened->next = descriptors;
  descriptors = opened;
  info->fh = (uint64_t)(uintptr_t)opened;
  info->direct_io = 1;
  return 0;
}

static int do_release(const char *path, struct fuse_file_info *info) {
  (void)path;
  struct opened *opened = (struct opened *)(uintptr_t)info->fh, **link = &descriptors;
  while (*link != opened) link = &(*link)->next;
  *link = opened->next;
  if (opened->handle != NULL) fuse_pollhandle_destroy(opened->handle);
  free(opened);
  return 0;
}

static bool is_gone(const struct opened *opened) {
  return !opened->thing->is_present || opened->generation != opened->thing->generation;
}

static int due_failure(struct failure *failure, const char *attribute) {
  if (failure->left == 0 || strcmp(failure->attribute, attribute) != 0) return 0;
  if (failure->left > 0) failure->left--;
  return -failure->error;
}

static int do_read(const char *path, char *buffer, size_t size, off_t offset, struct fuse_file_info *info) {
  (void)path;
  struct opened *opened = (struct opened *)(uintptr_t)info->fh;
  if (is_gone(opened)) return -ENODEV;
  int error = due_failure(&opened->thing->reading, opened->attribute->name);
  if (error != 0) return error;
  char text[TEXT_SIZE] = "";
  opened->seen = opened->thing->events;
  error = opened->attribute->show(opened->thing, text);
  if (error != 0) return error;
  size_t length = strlen(text);
  if ((size_t)offset >= length) return 0;
  if (size > length - (size_t)offset) size = length - (size_t)offset;
  memcpy(buffer, text + offset, size);
  return (int)size;
}

static int do_write(const char *path, const char *buffer, size_t size, off_t offset, struct fuse_file_info *info) {
  (void)path, (void)offset;
  const uint64_t at = now_ns();
  struct opened *opened = (struct opened *)(uintptr_t)info->fh;
  if (is_gone(opened)) return -ENODEV;
  if (size >= TEXT_SIZE) return -EINVAL;
  char text[TEXT_SIZE];
  memcpy(text, buffer, size);
  text[size] = '\0';
  trim(text);
  int error = due_failure(&opened->thing->writing, opened->attribute->name);
  if (error == 0) error = opened->attribute->store(opened->thing, text);
  if (error != 0) return error;
  control_wrote(opened->thing, opened->attribute->name, text, at);
  return (int)size;
}

static int do_poll(const char *path, struct fuse_file_info *info, struct fuse_pollhandle *handle, unsigned *events) {
  (void)path;
  struct opened *opened = (struct opened *)(uintptr_t)info->fh;
  if (handle != NULL) {
    if (opened->handle != NULL) fuse_pollhandle_destroy(opened->handle);
    opened->handle = handle;
  }
  bool has_news = is_gone(opened) || opened->seen != opened->thing->events;
  *events = POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM | (has_news ? POLLERR | POLLPRI : 0);
  return 0;
}

/* What every shell's `>` and writeFileSync do first; a file of sysfs has no length. */
static int do_truncate(const char *path, off_t size, struct fuse_file_info *info) {
  (void)size, (void)info;
  return find(path) == NULL ? -ENOENT : 0;
}

static int do_create(const char *path, mode_t mode, struct fuse_file_info *info) {
  (void)path, (void)mode, (void)info;
  return -EACCES;
}

static void *do_init(struct fuse_conn_info *connection, struct fuse_config *config) {
  (void)connection;
  config->direct_io = 1;
  config->entry_timeout = config->attr_timeout = config->negative_timeout = 0;
  return NULL;
}

const struct fuse_operations tree_operations = {
    .init = do_init,         .getattr = do_getattr, .readdir = do_readdir, .readlink = do_readlink,
    .open = do_open,         .release = do_release, .read = do_read,       .write = do_write,
    .poll = do_poll,         .truncate = do_truncate, .create = do_create,
};
