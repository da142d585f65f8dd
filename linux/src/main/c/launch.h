// What the parts of the launcher share: see launch.c.
#ifndef LAUNCH_H
#define LAUNCH_H

#include <stdint.h>
#include <sys/types.h>

// What musl's headers do not have yet.
#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ULL
#endif
#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x00000080
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#ifndef SYS_clone3
#define SYS_clone3 435
#endif
#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif

// Exit status when the launcher itself failed.
enum { LAUNCH_FAILED = 125 };

// The argument that says "none".
int is_none(const char *argument);

// process.c: the calling process and its children.

// Where failures are told besides stderr, as "ERRNO<tab>WHAT<tab>OBJECT"; -1 for nowhere.
extern int failures;
// Says why "what" could not be done to "object", from errno; returns LAUNCH_FAILED.
int fail(const char *what, const char *object);
void reset_signals(void);
int redirect(const char *output);
void close_the_rest(void);
// Moves the calling process into each of a colon-separated list of v1 cgroups; on failure the
// folder is in "failed".
int join_v1(char *folders, const char **failed);
// A child with these namespaces of its own, born in a v2 cgroup unless that is -1. As fork(2).
pid_t spawn(uint64_t namespaces, int cgroup);
// Ends as the child does: its exit status, or 128 plus the number of its signal.
int status_of(pid_t child);

// root.c: the file system that an instance finds.

struct view {
  int first_user;  // who owns what is made for root of the instance
  char **entries;  // pairs of kind ("r", "w" or "d") and path, ended by NULL
};
// In a new mount namespace: makes the instance's root file system and changes to it.
int make_root(const struct view *view);

// lockdown.c: what a process of an instance may no longer do.

// Becomes root of the user namespace; nothing if that is -1.
int become_root_of(int user_namespace);
// Keeps only these capabilities, and only system calls that an instance may make, for ever.
int lock_down(uint64_t capabilities);
extern const uint64_t INSTANCE_CAPABILITIES;

// keep.c, users.c, run.c: the modes; arguments as in launch.c.
int keep(int count, char **arguments);
int make_users(int count, char **arguments);
int run(int count, char **arguments);

#endif
