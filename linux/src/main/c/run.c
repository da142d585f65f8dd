// Becomes a program, in a cgroup and a network namespace, or in all that a keeper holds.
#define _GNU_SOURCE
#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

// In the order in which they are joined: the mount namespace last of those, since afterwards the
// caller's paths are gone. The user namespace has to come after all of them, in the child: root of
// it has no right to enter the others.
static const struct {
  const char *name;
  int flag;
} NAMESPACES[] = {{"net", CLONE_NEWNET},
                  {"ipc", CLONE_NEWIPC},
                  {"uts", CLONE_NEWUTS},
                  {"pid", CLONE_NEWPID},
                  {"mnt", CLONE_NEWNS}};
enum { JOINED = sizeof NAMESPACES / sizeof NAMESPACES[0] };

// How often, and after how many microseconds, a program is tried that somebody is writing.
enum { BUSY_TRIES = 200, BUSY_PAUSE = 5000 };

struct command {
  const char *directory;
  char **words;
};

static int open_of(const char *pid, const char *name) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%s/%s", pid, name);
  return open(path, O_RDONLY | O_CLOEXEC);
}

// Field 22 of /proc/PID/stat; the second may hold blanks and parentheses, so count from its end.
static int started_at(const char *pid, const char *start) {
  char text[1024];
  int fd = open_of(pid, "stat");
  ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  close(fd);
  if (length < 0) return 0;
  text[length] = 0;
  char *field = strrchr(text, ')');
  for (int number = 2; number < 22 && field != NULL; number++) field = strchr(field + 1, ' ');
  if (field == NULL) return 0;
  return strtoull(field, NULL, 10) == strtoull(start, NULL, 10);
}

// Opens what the keeper holds. That it is still the same process is looked at afterwards: a number
// that went to another process in between would show then.
static int open_namespaces(char *keeper, int *joined, int *users) {
  char *start = strchr(keeper, ':');
  if (start == NULL || strlen(keeper) > 40) {
    errno = EINVAL;
    return -1;
  }
  *start++ = 0;
  for (int i = 0; i < JOINED; i++) {
    char name[16];
    snprintf(name, sizeof name, "ns/%s", NAMESPACES[i].name);
    joined[i] = open_of(keeper, name);
    if (joined[i] < 0) {
      if (errno == ENOENT) errno = ESRCH;
      return -1;
    }
  }
  *users = open_of(keeper, "ns/user");
  struct stat own = {0}, its = {0};
  if (*users >= 0 && (fstat(*users, &its) < 0 || stat("/proc/self/ns/user", &own) < 0)) return -1;
  if (*users >= 0 && own.st_ino == its.st_ino) *users = -1; // a namespace can't be joined twice
  if (started_at(keeper, start)) return 0;
  errno = ESRCH;
  return -1;
}

// The child must not outlive its parent, which is how the node ends a handler that takes too long.
// The kernel forgets this wish when credentials change, so it comes after that; and a parent of
// another pid namespace can't be seen by its number, so a pipe tells whether it died before.
static int die_with_parent(int alive) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  struct pollfd parent = {.fd = alive, .events = POLLIN};
  return poll(&parent, 1, 0) == 0 ? 0 : -1;
}

static int become(const struct command *command) {
  if (chdir(command->directory) < 0) return fail("change to folder", command->directory);
  // A process that the node, or another thread of whoever wrote the program, is just starting may
  // still have the file open as it was written: until it executes a program of its own.
  for (int tries = 0; tries < BUSY_TRIES; tries++) {
    execv(command->words[0], command->words);
    if (errno != ETXTBSY) break;
    usleep(BUSY_PAUSE);
  }
  return fail("execute", command->words[0]);
}

static int confined_child(const struct command *command, int users, int alive) {
  // a group of its own: what it sends to its group must not reach the parent, outside
  setsid();
  if (become_root_of(users) < 0) return fail("become root of", "the user namespace");
  if (lock_down(INSTANCE_CAPABILITIES) < 0) return LAUNCH_FAILED;
  if (die_with_parent(alive) < 0) return LAUNCH_FAILED;
  return become(command);
}

// In a child, since a process itself can't change its pid namespace.
static int run_confined(const struct command *command, char *keeper, int cgroup) {
  int joined[JOINED], users, alive[2];
  if (open_namespaces(keeper, joined, &users) < 0) return fail("find the keeper", keeper);
  prctl(PR_SET_DUMPABLE, 0);
  for (int i = 0; i < JOINED; i++) {
    if (setns(joined[i], NAMESPACES[i].flag) < 0) return fail("join namespace", NAMESPACES[i].name);
  }
  if (pipe2(alive, O_CLOEXEC) < 0) return fail("make", "a pipe");
  pid_t child = spawn(0, cgroup);
  if (child < 0) return fail("start a process", "in the instance");
  if (child > 0) {
    close(alive[0]);
    return status_of(child);
  }
  close(alive[1]);
  return confined_child(command, users, alive[0]);
}

// The parent ends as the child does, and the child does not outlive it.
static int run_in_v2(const struct command *command, int cgroup) {
  int alive[2];
  if (pipe2(alive, O_CLOEXEC) < 0) return fail("make", "a pipe");
  pid_t child = spawn(0, cgroup);
  if (child < 0) return fail("start a process", "in the cgroup");
  if (child > 0) {
    close(alive[0]);
    return status_of(child);
  }
  close(alive[1]);
  if (die_with_parent(alive[0]) < 0) return LAUNCH_FAILED;
  return become(command);
}

static int enter_network(const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  return fd < 0 ? -1 : setns(fd, CLONE_NEWNET);
}

int run(int count, char **arguments) {
  if (count < 6) return LAUNCH_FAILED;
  char *namespace = arguments[1], *v2 = arguments[3], *keeper = arguments[4];
  struct command command = {.directory = arguments[0], .words = arguments + 5};
  const char *failed = "";
  if (join_v1(arguments[2], &failed) < 0) return fail("join cgroup", failed);
  int cgroup = is_none(v2) ? -1 : open(v2, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (!is_none(v2) && cgroup < 0) return fail("enter cgroup", v2);
  if (!is_none(keeper)) return run_confined(&command, keeper, cgroup);
  if (!is_none(namespace) && enter_network(namespace) < 0) {
    return fail("enter network namespace", namespace);
  }
  return cgroup < 0 ? become(&command) : run_in_v2(&command, cgroup);
}
