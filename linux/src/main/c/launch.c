// The launcher: places the calling process in its cgroups and its network namespace, gives it a
// clean environment to run in, and becomes the program. It runs between posix_spawn and the
// function's handler, so that not one instruction of a function runs outside its cgroup.
//
//   launch OUTPUT DIRECTORY NAMESPACE CGROUPS COMMAND [ARGUMENT...]
//
// OUTPUT    file to which stdout and stderr are appended
// DIRECTORY working directory
// NAMESPACE file of a network namespace, or "-" for the caller's
// CGROUPS   colon-separated cgroup.procs files, or "-" for none
//
// Exit status 125: the launcher itself failed; the reason is the last line of OUTPUT.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

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

static int join_cgroup(const char *procs) {
  int fd = open(procs, O_WRONLY);
  if (fd < 0) return -1;
  ssize_t written = write(fd, "0", 1);
  int saved = errno;
  close(fd);
  errno = saved;
  return written == 1 ? 0 : -1;
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
  if (argc < 6) return 125;
  char *output = argv[1], *directory = argv[2], *namespace = argv[3], *cgroups = argv[4];
  reset_signals();
  setsid();
  umask(022);
  if (redirect(output) < 0) return 125;
  close_the_rest();
  if (strcmp(cgroups, "-") != 0) {
    for (char *next, *procs = strtok_r(cgroups, ":", &next); procs != NULL;
         procs = strtok_r(NULL, ":", &next)) {
      if (join_cgroup(procs) < 0) return fail("join cgroup", procs);
    }
  }
  if (strcmp(namespace, "-") != 0 && enter_namespace(namespace) < 0) {
    return fail("enter network namespace", namespace);
  }
  if (chdir(directory) < 0) return fail("change to folder", directory);
  execv(argv[5], argv + 5);
  return fail("execute", argv[5]);
}
