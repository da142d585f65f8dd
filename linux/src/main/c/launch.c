// The launcher: places the calling process in its cgroups and its network namespace, gives it a
// clean environment to run in, and becomes the program. It runs between posix_spawn and the
// function's handler, so that not one instruction of a function runs outside its cgroup.
//
//   launch OUTPUT DIRECTORY NAMESPACE V1 V2 COMMAND [ARGUMENT...]
//
// OUTPUT    file to which stdout and stderr are appended
// DIRECTORY working directory
// NAMESPACE file of a network namespace, or "-" for the caller's
// V1        colon-separated folders of v1 cgroups, or "-" for none
// V2        folder of a v2 cgroup, or "-" for none
//
// A move between cgroups by way of cgroup.procs waits for an RCU grace period, some ten
// milliseconds. Neither way here does: in v1 a thread moves itself by way of "tasks"; into a v2
// cgroup a child is born (clone3), for which this process then waits.
//
// Exit status 125: the launcher itself failed; the reason is the last line of OUTPUT.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#ifndef SYS_clone3
#define SYS_clone3 435
#endif
#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ULL
#endif

// struct clone_args of linux/sched.h, which musl does not have.
struct clone_arguments {
  uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
  uint64_t set_tid, set_tid_size, cgroup;
};

static int fail(const char *what, const char *object) {
  dprintf(STDERR_FILENO, "cannot %s %s: %s\n", what, object, strerror(errno));
  return 125;
}

static void reset_signals(void) {
  sigset_t none;
  sigemptyset(&none);
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static int redirect(const char *output) {
  int in = open("/dev/null", O_RDONLY);
  int out = open(output, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0640);
  if (in < 0 || out < 0) return -1;
  return dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0 ? -1 : 0;
}

// What the node has open is none of a function's business.
static void close_the_rest(void) {
  if (syscall(SYS_close_range, 3, ~0U, 0) == 0) return;
  for (int fd = 3; fd < sysconf(_SC_OPEN_MAX); fd++) close(fd);
}

static int join_v1(const char *folder) {
  char tasks[4096];
  int length = snprintf(tasks, sizeof tasks, "%s/tasks", folder);
  if (length < 0 || (size_t)length >= sizeof tasks) {
    errno = ENAMETOOLONG;
    return -1;
  }
  int fd = open(tasks, O_WRONLY);
  if (fd < 0) return -1;
  ssize_t written = write(fd, "0", 1);
  int saved = errno;
  close(fd);
  errno = saved;
  return written == 1 ? 0 : -1;
}

// Returns in the child, which is in the cgroup. The parent ends as the child does, and the child
// does not outlive it.
static int be_born_in_v2(const char *folder) {
  int cgroup = open(folder, O_RDONLY | O_DIRECTORY);
  if (cgroup < 0) return -1;
  struct clone_arguments arguments = {
      .flags = CLONE_INTO_CGROUP, .exit_signal = SIGCHLD, .cgroup = (uint64_t)cgroup};
  pid_t parent = getpid();
  long child = syscall(SYS_clone3, &arguments, sizeof arguments);
  close(cgroup);
  if (child < 0) return -1;
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(125);
    return 0;
  }
  int status;
  while (waitpid((pid_t)child, &status, 0) < 0) {
    if (errno != EINTR) _exit(125);
  }
  _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

static int enter_namespace(const char *path) {
  int fd = open(path, O_RDONLY);
  if (fd < 0) return -1;
  int entered = setns(fd, CLONE_NEWNET);
  int saved = errno;
  close(fd);
  errno = saved;
  return entered;
}

int main(int argc, char **argv) {
  if (argc < 7) return 125;
  char *output = argv[1], *directory = argv[2], *namespace = argv[3], *v1 = argv[4], *v2 = argv[5];
  reset_signals();
  setsid();
  umask(022);
  if (redirect(output) < 0) return 125;
  close_the_rest();
  if (strcmp(v1, "-") != 0) {
    char *next;
    for (char *folder = strtok_r(v1, ":", &next); folder != NULL;
         folder = strtok_r(NULL, ":", &next)) {
      if (join_v1(folder) < 0) return fail("join cgroup", folder);
    }
  }
  if (strcmp(v2, "-") != 0 && be_born_in_v2(v2) < 0) return fail("enter cgroup", v2);
  if (strcmp(namespace, "-") != 0 && enter_namespace(namespace) < 0) {
    return fail("enter network namespace", namespace);
  }
  if (chdir(directory) < 0) return fail("change to folder", directory);
  execv(argv[6], argv + 6);
  return fail("execute", argv[6]);
}
