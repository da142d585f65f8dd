// The file system that an instance finds: nothing of the machine's disk but what programs need and
// what its view names, and that read-only but for its own folders.
//
// It is made by the machine's root, in a mount namespace that belongs to the machine, and the user
// namespace is entered later. So nobody in an instance can ever change a mount, whatever
// capabilities it has; and the kernel lets a fresh /proc and /sys be mounted even where the ones of
// a surrounding container are partly covered.
#define _GNU_SOURCE
#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

// Where the new root grows until it becomes the root: a folder that every machine has, and from
// which nothing is taken over.
#define STAGE "/proc"
enum { PATH_BYTES = 4096 };

static const unsigned long SAFE = MS_NOSUID | MS_NODEV;

// Programs and libraries; on merged systems some are symbolic links, as which they are made again.
static const char *const SYSTEM[] = {"/usr",   "/bin",   "/sbin",   "/lib",
                                     "/lib32", "/lib64", "/libx32", NULL};

// Of /etc only what programs need and what holds no secrets.
static const char *const SETTINGS[] = {
    "/etc/passwd",       "/etc/group",        "/etc/nsswitch.conf",   "/etc/protocols",
    "/etc/services",     "/etc/ethertypes",   "/etc/ld.so.cache",     "/etc/ld.so.conf",
    "/etc/ld.so.conf.d", "/etc/alternatives", "/etc/ssl/certs",       "/etc/ssl/openssl.cnf",
    "/etc/localtime",    "/etc/iproute2",     NULL};

// What tells of the machine, or of its other users. Most of it takes capabilities anyway.
static const char *const HIDDEN[] = {"/proc/kcore",         "/proc/keys",
                                     "/proc/kallsyms",      "/proc/timer_list",
                                     "/proc/latency_stats", "/proc/sched_debug",
                                     "/proc/acpi",          "/proc/scsi",
                                     "/sys/firmware",       "/sys/devices/virtual/powercap",
                                     NULL};

static const struct {
  const char *path;
  int minor;
} NODES[] = {{"/dev/null", 3}, {"/dev/zero", 5}, {"/dev/full", 7}, {"/dev/random", 8},
             {"/dev/urandom", 9}};
enum { MEMORY_DEVICES = 1 };

static const char *const LINKS[][2] = {{"/proc/self/fd", "/dev/fd"},
                                       {"/proc/self/fd/0", "/dev/stdin"},
                                       {"/proc/self/fd/1", "/dev/stdout"},
                                       {"/proc/self/fd/2", "/dev/stderr"},
                                       {"../run", "/var/run"},
                                       {"../tmp", "/var/tmp"}};

// The place of "path" in the root that is being made.
static int staged(char *target, const char *path) {
  int length = snprintf(target, PATH_BYTES, STAGE "%s", path);
  if (length > 0 && length < PATH_BYTES) return 0;
  errno = ENAMETOOLONG;
  return -1;
}

static int make_folder(const char *target) {
  if (mkdir(target, 0755) == 0 || errno == EEXIST) return 0;
  return -1;
}

static int make_parents(const char *target) {
  char parent[PATH_BYTES];
  snprintf(parent, sizeof parent, "%s", target);
  for (char *slash = strchr(parent + sizeof STAGE, '/'); slash != NULL;
       slash = strchr(slash + 1, '/')) {
    *slash = 0;
    if (make_folder(parent) < 0) return -1;
    *slash = '/';
  }
  return 0;
}

static int make_point(const char *target, int folder) {
  if (make_parents(target) < 0) return -1;
  if (folder) return make_folder(target);
  int fd = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (fd < 0) return errno == EEXIST ? 0 : -1;
  return close(fd);
}

// One mount, whose flags only change what is seen here (MS_BIND), not the file system's own.
static int restrict_mount(const char *target, unsigned long flags) {
  return mount(NULL, target, NULL, MS_REMOUNT | MS_BIND | flags, NULL);
}

// With what is mounted inside it, where the kernel can restrict that too (5.12); else without.
static int bind(const char *source, const char *target, unsigned long flags) {
  struct mount_attr attributes = {.attr_set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV};
  if (flags & MS_RDONLY) attributes.attr_set |= MOUNT_ATTR_RDONLY;
  if (mount(source, target, NULL, MS_BIND | MS_REC, NULL) < 0) return -1;
  if (syscall(SYS_mount_setattr, AT_FDCWD, target, AT_RECURSIVE, &attributes,
              sizeof attributes) == 0) {
    return 0;
  }
  if (umount2(target, MNT_DETACH) < 0) return -1;
  if (mount(source, target, NULL, MS_BIND, NULL) < 0) return -1;
  return restrict_mount(target, SAFE | flags);
}

static int show(const char *path, unsigned long flags) {
  char target[PATH_BYTES];
  struct stat source;
  if (stat(path, &source) < 0 || staged(target, path) < 0) return -1;
  if (make_point(target, S_ISDIR(source.st_mode)) < 0) return -1;
  return bind(path, target, flags);
}

static int mount_memory(const char *path, const char *options, int owner, unsigned long flags) {
  char target[PATH_BYTES], data[128];
  if (staged(target, path) < 0 || make_parents(target) < 0 || make_folder(target) < 0) return -1;
  snprintf(data, sizeof data, "%s,uid=%d,gid=%d", options, owner, owner);
  return mount("tmpfs", target, "tmpfs", flags, data);
}

// A node of its own, so that root of the instance can own it; where none may be made, the
// machine's is shown.
static int make_device(const char *path, mode_t mode, dev_t number, int owner) {
  char target[PATH_BYTES];
  if (staged(target, path) < 0 || make_parents(target) < 0) return -1;
  if (mknod(target, mode, number) == 0) {
    return chmod(target, mode & 0777) < 0 ? -1 : chown(target, owner, owner);
  }
  if (errno == EEXIST) return 0;
  if (errno != EPERM) return -1;
  if (make_point(target, 0) < 0 || mount(path, target, NULL, MS_BIND, NULL) < 0) return -1;
  return restrict_mount(target, MS_NOSUID);
}

static int show_device(const char *path, int owner) {
  struct stat source;
  if (stat(path, &source) < 0) return -1;
  if (S_ISCHR(source.st_mode) || S_ISBLK(source.st_mode)) {
    return make_device(path, source.st_mode, source.st_rdev, owner);
  }
  errno = ENODEV;
  return -1;
}

// At the top only, where a target without its slash means the same from everywhere below.
static int show_system_folder(const char *path) {
  char target[PATH_BYTES], link[PATH_BYTES];
  ssize_t length = readlink(path, link, sizeof link - 1);
  if (length < 0) return errno == ENOENT ? 0 : show(path, MS_RDONLY);
  link[length] = 0;
  if (staged(target, path) < 0) return -1;
  return symlink(link[0] == '/' ? link + 1 : link, target);
}

static int show_system(void) {
  for (int i = 0; SYSTEM[i] != NULL; i++) {
    if (show_system_folder(SYSTEM[i]) < 0) return fail("show", SYSTEM[i]);
  }
  for (int i = 0; SETTINGS[i] != NULL; i++) {
    if (show(SETTINGS[i], MS_RDONLY | MS_NOEXEC) < 0 && errno != ENOENT) {
      return fail("show", SETTINGS[i]);
    }
  }
  return 0;
}

static int make_devices(int owner) {
  if (mount_memory("/dev", "size=64k,nr_inodes=256,mode=0755", 0, MS_NOSUID | MS_NOEXEC) < 0) {
    return fail("mount", "/dev");
  }
  for (size_t i = 0; i < sizeof NODES / sizeof NODES[0]; i++) {
    dev_t number = makedev(MEMORY_DEVICES, NODES[i].minor);
    if (make_device(NODES[i].path, S_IFCHR | 0666, number, 0) < 0) {
      return fail("make", NODES[i].path);
    }
  }
  if (mount_memory("/dev/shm", "size=64m,nr_inodes=4096,mode=1777", owner, SAFE | MS_NOEXEC) < 0) {
    return fail("mount", "/dev/shm");
  }
  return 0;
}

static int make_scratch(int owner) {
  if (mount_memory("/tmp", "size=64m,nr_inodes=8192,mode=1777", owner, SAFE) < 0) {
    return fail("mount", "/tmp");
  }
  if (mount_memory("/run", "size=16m,nr_inodes=4096,mode=0755", owner, SAFE) < 0) {
    return fail("mount", "/run");
  }
  if (make_folder(STAGE "/var") < 0) return fail("make", "/var");
  for (size_t i = 0; i < sizeof LINKS / sizeof LINKS[0]; i++) {
    char target[PATH_BYTES];
    if (staged(target, LINKS[i][1]) < 0 || symlink(LINKS[i][0], target) < 0) {
      return fail("make", LINKS[i][1]);
    }
  }
  return 0;
}

static int hide(const char *path) {
  char target[PATH_BYTES];
  struct stat found;
  if (staged(target, path) < 0) return -1;
  if (lstat(target, &found) < 0) return errno == ENOENT ? 0 : -1;
  if (!S_ISDIR(found.st_mode)) return mount(STAGE "/dev/null", target, NULL, MS_BIND, NULL);
  return mount("tmpfs", target, "tmpfs", SAFE | MS_NOEXEC | MS_RDONLY, "size=4k,nr_inodes=2");
}

// Of what the kernel can be told by way of files, only the instance's own network.
static int show_kernel(void) {
  unsigned long flags = SAFE | MS_NOEXEC;
  if (make_folder(STAGE "/proc") < 0 || mount("proc", STAGE "/proc", "proc", flags, NULL) < 0) {
    return fail("mount", "/proc");
  }
  if (make_folder(STAGE "/sys") < 0 ||
      mount("sysfs", STAGE "/sys", "sysfs", flags | MS_RDONLY, NULL) < 0) {
    return fail("mount", "/sys");
  }
  if (mount(STAGE "/proc/sys/net", STAGE "/proc/sys/net", NULL, MS_BIND, NULL) < 0 ||
      restrict_mount(STAGE "/proc", flags | MS_RDONLY) < 0) {
    return fail("restrict", "/proc");
  }
  for (int i = 0; HIDDEN[i] != NULL; i++) {
    if (hide(HIDDEN[i]) < 0) return fail("hide", HIDDEN[i]);
  }
  return 0;
}

static int show_entries(const struct view *view) {
  for (char **entry = view->entries; entry[0] != NULL; entry += 2) {
    char kind = *entry[0];
    int shown = kind == 'd'   ? show_device(entry[1], view->first_user)
                : kind == 'w' ? show(entry[1], 0)
                              : show(entry[1], MS_RDONLY);
    if (shown < 0) return fail("show the instance", entry[1]);
  }
  return 0;
}

// The old root, put where the new one is, lies on top of it for a moment and is let go.
static int change_root(void) {
  if (restrict_mount(STAGE "/dev", MS_NOSUID | MS_NOEXEC | MS_RDONLY) < 0) {
    return fail("restrict", "/dev");
  }
  if (restrict_mount(STAGE, SAFE | MS_RDONLY) < 0) return fail("restrict", "/");
  if (chdir(STAGE) < 0 || syscall(SYS_pivot_root, ".", ".") < 0) return fail("change", "the root");
  if (umount2(".", MNT_DETACH) < 0 || chdir("/") < 0) return fail("let go of", "the old root");
  return 0;
}

// First of all nothing that is mounted here may be seen outside, where mounts may be shared.
int make_root(const struct view *view) {
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) {
    return fail("make private", "the mounts");
  }
  if (mount("tmpfs", STAGE, "tmpfs", SAFE, "size=256k,nr_inodes=1024,mode=0755") < 0) {
    return fail("mount", "the new root");
  }
  if (show_system() != 0 || make_devices(view->first_user) != 0) return -1;
  if (make_scratch(view->first_user) != 0 || show_kernel() != 0) return -1;
  if (show_entries(view) != 0) return -1;
  return change_root();
}
