// The calling process and its children.
//
// A move between cgroups by way of cgroup.procs waits for an RCU grace period, some ten
// milliseconds. Neither way here does: in v1 a thread moves itself by way of "tasks"; into a v2
// cgroup a child is born (clone3).
#define _GNU_SOURCE
#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// struct clone_args of linux/sched.h, which musl does not have.
struct clone_arguments {
  uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
  uint64_t set_tid, set_tid_size, cgroup;
};

int failures = -1;

int fail(const char *what, const char *object) {
  int number = errno;
  dprintf(STDERR_FILENO, "cannot %s %s: %s\n", what, object, strerror(number));
  if (failures >= 0) dprintf(failures, "%d\t%s\t%s\n", number, what, object);
  return LAUNCH_FAILED;
}

void reset_signals(void) {
  sigset_t none;
  sigemptyset(&none);
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

int redirect(const char *output) {
  int in = open("/dev/null", O_RDONLY);
  int out = open(output, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0640);
  if (in < 0 || out < 0) return -1;
  return dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0 ? -1 : 0;
}

// What the node has open is none of a function's business.
void close_the_rest(void) {
  if (syscall(SYS_close_range, 3, ~0U, 0) == 0) return;
  for (int fd = 3; fd < sysconf(_SC_OPEN_MAX); fd++) close(fd);
}

static int join_one(const char *folder) {
  char tasks[4096];
  int length = snprintf(tasks, sizeof tasks, "%s/tasks", folder);
  if (length < 0 || (size_t)length >= sizeof tasks) {
    errno = ENAMETOOLONG;
    return -1;
  }
  int fd = open(tasks, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  ssize_t written = write(fd, "0", 1);
  int saved = errno;
  close(fd);
  errno = saved;
  return written == 1 ? 0 : -1;
}

int join_v1(char *folders, const char **failed) {
  if (is_none(folders)) return 0;
  char *next;
  for (char *folder = strtok_r(folders, ":", &next); folder != NULL;
       folder = strtok_r(NULL, ":", &next)) {
    *failed = folder;
    if (join_one(folder) < 0) return -1;
  }
  return 0;
}

// Only clone3 knows cgroups, and kernels that have v2 cgroups to be born in have it.
pid_t spawn(uint64_t namespaces, int cgroup) {
  if (cgroup < 0) return (pid_t)syscall(SYS_clone, namespaces | SIGCHLD, 0, 0, 0, 0);
  struct clone_arguments arguments = {.flags = namespaces | CLONE_INTO_CGROUP,
                                      .exit_signal = SIGCHLD,
                                      .cgroup = (uint64_t)cgroup};
  return (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
}

int status_of(pid_t child) {
  int status;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return LAUNCH_FAILED;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
