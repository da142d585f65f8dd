// The keeper: process 1 of an instance's pid namespace. It holds the instance's namespaces between
// handlers and lets go of what orphans leave; when it ends, so do all processes of its namespace.
#define _GNU_SOURCE
#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef NS_GET_USERNS
#define NS_GET_USERNS _IO(0xb7, 0x1)
#endif

struct order {
  const char *network, *host, *first, *count;
  int users; // the user namespace, or -1
  struct view view;
  char **arguments; // all of the above come from these
  int words;
};

// The user namespace that the network namespace belongs to, opened; must be another than ours.
static int enter_network(struct order *order) {
  int network = open(order->network, O_RDONLY | O_CLOEXEC);
  if (network < 0 || setns(network, CLONE_NEWNET) < 0) {
    return fail("enter network namespace", order->network);
  }
  if (is_none(order->first)) return 0;
  struct stat own, its;
  order->users = ioctl(network, NS_GET_USERNS);
  if (order->users < 0 || fstat(order->users, &its) < 0 || stat("/proc/self/ns/user", &own) < 0) {
    return fail("find the user namespace of", order->network);
  }
  fcntl(order->users, F_SETFD, FD_CLOEXEC);
  errno = EINVAL;
  if (own.st_ino == its.st_ino) return fail("find a user namespace that owns", order->network);
  return 0;
}

// What the instance's root can't read or write would fail later, in a handler, with less of a hint.
static int check_access(char **entries) {
  for (; entries[0] != NULL; entries += 2) {
    int mode = *entries[0] == 'r' ? R_OK : R_OK | W_OK;
    if (access(entries[1], mode) < 0) return fail("as the instance's root, use", entries[1]);
  }
  return 0;
}

static int check_map(const struct order *order) {
  char text[128] = "";
  int fd = open("/proc/self/uid_map", O_RDONLY | O_CLOEXEC);
  if (fd < 0 || read(fd, text, sizeof text - 1) < 0) return fail("read", "/proc/self/uid_map");
  close(fd);
  // read by one inside; the ids outside show as those of its parent namespace
  char *end;
  unsigned long inside = strtoul(text, &end, 10), first = strtoul(end, &end, 10);
  unsigned long count = strtoul(end, &end, 10);
  errno = EINVAL;
  if (inside != 0 || first != strtoul(order->first, NULL, 10) ||
      count != strtoul(order->count, NULL, 10)) {
    return fail("find the agreed users in the user namespace of", order->network);
  }
  return 0;
}

// Process 1's arguments can be read in the instance, and name folders of the machine.
static void forget_arguments(char **arguments, int count) {
  for (int i = 0; i < count; i++) memset(arguments[i], 0, strlen(arguments[i]));
}

static int settle(const struct order *order) {
  prctl(PR_SET_NAME, "un-keeper");
  prctl(PR_SET_DUMPABLE, 0);
  if (sethostname(order->host, strlen(order->host)) < 0) return fail("set host name", order->host);
  if (make_root(&order->view) < 0) return LAUNCH_FAILED;
  if (become_root_of(order->users) < 0) return fail("become root of", "the user namespace");
  if (order->users >= 0 && check_map(order) != 0) return LAUNCH_FAILED;
  if (check_access(order->view.entries) != 0) return LAUNCH_FAILED;
  if (lock_down(0) < 0) return LAUNCH_FAILED;
  return 0;
}

// Stays only if the starter lived to tell its number. Signals from inside are lost on a process 1
// that does not ask for them; from outside only SIGKILL and SIGSTOP get through
// (pid_namespaces(7)).
// A child's end ignored is a child reaped.
static int live(const struct order *order, int starter) {
  int result = settle(order);
  if (result != 0) return result;
  char word = 'r';
  signal(SIGPIPE, SIG_IGN);
  if (write(starter, &word, 1) != 1 || read(starter, &word, 1) != 1) return LAUNCH_FAILED;
  signal(SIGPIPE, SIG_DFL);
  signal(SIGCHLD, SIG_IGN);
  forget_arguments(order->arguments, order->words);
  for (int fd = 0; fd < 3; fd++) close(fd);
  close_the_rest();
  while (1) pause();
}

static int await_ready(pid_t keeper, int line) {
  char word;
  if (read(line, &word, 1) != 1) return status_of(keeper);
  if (dprintf(failures, "%d\n", keeper) < 0) return fail("tell", "the keeper's number");
  if (write(line, &word, 1) != 1) return fail("reach", "the keeper");
  return 0;
}

static int start(struct order *order, int cgroup) {
  int line[2];
  if (enter_network(order) != 0) return LAUNCH_FAILED;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line) < 0) {
    return fail("make", "a pair of sockets");
  }
  pid_t keeper = spawn(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS, cgroup);
  if (keeper < 0) return fail("make", "the mount, pid, ipc and uts namespaces");
  close(line[keeper == 0 ? 0 : 1]);
  return keeper == 0 ? live(order, line[1]) : await_ready(keeper, line[0]);
}

int keep(int count, char **arguments) {
  if (count < 7 || count % 2 != 1) return LAUNCH_FAILED;
  char *v2 = arguments[3];
  const char *failed = "";
  struct order order = {.network = arguments[1],
                        .host = arguments[4],
                        .first = arguments[5],
                        .count = arguments[6],
                        .users = -1,
                        .view = {.first_user = atoi(arguments[5]), .entries = arguments + 7},
                        .arguments = arguments - 1,
                        .words = count + 1};
  failures = open(arguments[0], O_WRONLY | O_CLOEXEC);
  if (failures < 0) return fail("open", arguments[0]);
  if (join_v1(arguments[2], &failed) < 0) return fail("join cgroup", failed);
  int cgroup = is_none(v2) ? -1 : open(v2, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (!is_none(v2) && cgroup < 0) return fail("enter cgroup", v2);
  return start(&order, cgroup);
}
