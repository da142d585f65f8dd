// The launcher: places the calling process where an instance's processes live, and becomes a
// program there. It runs between posix_spawn and a function's handler, so that not one instruction
// of a function runs outside its cgroup and its namespaces.
//
//   launch run OUTPUT DIRECTORY NAMESPACE V1 V2 KEEPER COMMAND [ARGUMENT...]
//     becomes COMMAND, confined by what the keeper holds; status and death are passed on
//   launch keep OUTPUT ANSWER NAMESPACE V1 V2 HOST FIRST COUNT [KIND PATH]...
//     leaves a keeper behind and writes its process id to ANSWER
//   launch users OUTPUT ANSWER PIN FIRST COUNT
//     pins a network namespace that belongs to a new user namespace
//
// OUTPUT    file to which stdout and stderr are appended
// DIRECTORY working directory
// NAMESPACE file of a network namespace, or "-" for the caller's
// V1        colon-separated folders of v1 cgroups, or "-" for none
// V2        folder of a v2 cgroup, or "-" for none
// KEEPER    PID:START of a keeper, START as in /proc/PID/stat; "-" for no confinement
// ANSWER    file that gets the result; on failure ERRNO<tab>WHAT<tab>OBJECT
// HOST      host name
// FIRST     first id outside of the user namespace's ids; "-" for no user namespace
// COUNT     how many ids
// KIND      "r" for what can be read, "w" for what can be written, "d" for a device
//
// Exit status 125: the launcher itself failed; the reason is the last line of OUTPUT.
#include "launch.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int is_none(const char *argument) { return strcmp(argument, "-") == 0; }

int main(int argc, char **argv) {
  if (argc < 7) return LAUNCH_FAILED;
  reset_signals();
  setsid();
  umask(022);
  if (redirect(argv[2]) < 0) return LAUNCH_FAILED;
  close_the_rest();
  if (strcmp(argv[1], "run") == 0) return run(argc - 3, argv + 3);
  if (strcmp(argv[1], "keep") == 0) return keep(argc - 3, argv + 3);
  if (strcmp(argv[1], "users") == 0) return make_users(argc - 3, argv + 3);
  return LAUNCH_FAILED;
}
