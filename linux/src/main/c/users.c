// Makes a user namespace and a network namespace that belongs to it. Both live as long as the pin
// of the network namespace: the one that owns it is found by way of it (ioctl_ns(2)).
#define _GNU_SOURCE
#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <unistd.h>

// Written from outside, by a process with the right to: so root inside is an id that is nobody's
// outside, and groups can be set.
static int write_map(pid_t child, const char *map, const char *first, const char *count) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", child, map);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  int written = dprintf(fd, "0 %s %s\n", first, count);
  int saved = errno;
  close(fd);
  errno = saved;
  return written > 0 ? 0 : -1;
}

static int furnish(pid_t child, char **arguments) {
  char *pin = arguments[1], *first = arguments[2], *count = arguments[3];
  char network[64];
  snprintf(network, sizeof network, "/proc/%d/ns/net", child);
  if (write_map(child, "uid_map", first, count) < 0) return fail("map users from", first);
  if (write_map(child, "gid_map", first, count) < 0) return fail("map groups from", first);
  if (mount(network, pin, NULL, MS_BIND, NULL) < 0) return fail("pin a namespace at", pin);
  return 0;
}

// The child only holds the namespaces until they are pinned.
int make_users(int count, char **arguments) {
  int end[2];
  if (count < 4 || pipe2(end, O_CLOEXEC) < 0) return LAUNCH_FAILED;
  failures = open(arguments[0], O_WRONLY | O_CLOEXEC);
  pid_t child = spawn(CLONE_NEWUSER | CLONE_NEWNET, -1);
  if (child < 0) return fail("make", "a user namespace and a network namespace");
  if (child == 0) {
    char nothing;
    close(end[1]);
    return read(end[0], &nothing, 1) == 0 ? 0 : LAUNCH_FAILED;
  }
  close(end[0]);
  int result = furnish(child, arguments);
  close(end[1]);
  int status = status_of(child);
  return result != 0 ? result : status;
}
