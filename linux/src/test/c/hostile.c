// What a hostile program tries: one attempt per run. Exit status 0: it was let; 1: it was refused.
// An attempt that succeeds undoes or does not carry out what it could do.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <linux/reboot.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// So that tests that run at the same time have victims of their own.
static key_t key_of(const char *name) {
  key_t key = 5381;
  for (; *name != 0; name++) key = (key_t)((unsigned)key * 33 + (unsigned char)*name);
  return key;
}

static int verdict(long result) {
  if (result < 0) fprintf(stderr, "refused: %s\n", strerror(errno));
  return result < 0 ? 1 : 0;
}

static int mount_here(void) {
  int result = mount("tmpfs", ".", "tmpfs", 0, NULL);
  if (result == 0) umount2(".", MNT_DETACH);
  return verdict(result);
}

static int remount_root(void) {
  return verdict(mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND, NULL));
}

static int enter(const char *namespace) {
  int fd = open(namespace, O_RDONLY);
  return verdict(fd < 0 ? -1 : setns(fd, 0));
}

static int own_user_namespace_by_clone(void) {
  long child = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
  if (child == 0) _exit(0);
  if (child > 0) waitpid((pid_t)child, NULL, 0);
  return verdict(child);
}

static int own_user_namespace_by_clone3(void) {
  uint64_t arguments[8] = {CLONE_NEWUSER, 0, 0, 0, SIGCHLD};
  long child = syscall(SYS_clone3, arguments, sizeof arguments);
  if (child == 0) _exit(0);
  if (child > 0) waitpid((pid_t)child, NULL, 0);
  return verdict(child);
}

static int trace(pid_t victim) { return verdict(ptrace(PTRACE_SEIZE, victim, NULL, NULL)); }

static int disk_node(void) {
  int result = mknod("disk", S_IFBLK | 0600, makedev(7, 0));
  if (result == 0) unlink("disk");
  return verdict(result);
}

// By a handle that any program can make up: the root folder of the file system of "folder".
static int open_by_handle(const char *folder) {
  struct {
    unsigned bytes;
    int type;
    unsigned char handle[128];
  } handle = {.bytes = 128};
  int mount, fd = open(folder, O_RDONLY | O_DIRECTORY);
  if (syscall(SYS_name_to_handle_at, fd, "", &handle, &mount, AT_EMPTY_PATH) < 0) {
    return verdict(-1);
  }
  return verdict(syscall(SYS_open_by_handle_at, fd, &handle, O_RDONLY));
}

static int load_program(void) {
  // BPF_MAP_CREATE of an array of one
  uint32_t attributes[16] = {2, 4, 4, 1};
  return verdict(syscall(SYS_bpf, 0, attributes, sizeof attributes));
}

static int set_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return verdict(clock_settime(CLOCK_REALTIME, &now));
}

static int rename_machine(void) {
  char name[256];
  gethostname(name, sizeof name);
  return verdict(sethostname(name, strlen(name)));
}

static struct sockaddr_un abstract(const char *name, socklen_t *length) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  strncpy(address.sun_path + 1, name, sizeof address.sun_path - 2);
  *length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name));
  return address;
}

static int call_abstract(const char *name) {
  socklen_t length;
  struct sockaddr_un address = abstract(name, &length);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  return verdict(connect(fd, (struct sockaddr *)&address, length));
}

static int wait_as_victim(const char *name) {
  socklen_t length;
  struct sockaddr_un address = abstract(name, &length);
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (bind(fd, (struct sockaddr *)&address, length) < 0 || listen(fd, 5) < 0) return 1;
  if (shmget(key_of(name), 4096, IPC_CREAT | 0600) < 0) return 1;
  puts("ready");
  fflush(stdout);
  while (1) pause();
}

static int end_shared_memory(const char *name) {
  return verdict(shmctl(shmget(key_of(name), 0, 0), IPC_RMID, NULL));
}

static int as_nobody(char **command) {
  if (setgid(65534) < 0 || setuid(65534) < 0) return verdict(-1);
  execv(command[0], command);
  return verdict(-1);
}

static int kernel_log(void) {
  char text[4096];
  return verdict(klogctl(3, text, sizeof text));
}

static int foreign_call(void) {
#ifdef __x86_64__
  long result = 20; // getpid of 32-bit programs
  __asm__ volatile("int $0x80" : "+a"(result)::"memory");
  return verdict(result);
#else
  return 1;
#endif
}

static int attempt(const char *what, char **more) {
  const char *object = more[0] == NULL ? "" : more[0];
#define IS(name) if (strcmp(what, name) == 0)
  IS("mount") return mount_here();
  IS("remount") return remount_root();
  IS("pivot_root") return verdict(syscall(SYS_pivot_root, ".", "."));
  IS("chroot") return verdict(chroot("/"));
  IS("unshare-user") return verdict(unshare(CLONE_NEWUSER));
  IS("unshare-mount") return verdict(unshare(CLONE_NEWNS));
  IS("unshare-net") return verdict(unshare(CLONE_NEWNET));
  IS("clone-user") return own_user_namespace_by_clone();
  IS("clone3-user") return own_user_namespace_by_clone3();
  IS("setns") return enter(object);
  IS("trace") return trace(atoi(object));
  IS("kill") return verdict(kill(atoi(object), 0));
  IS("mknod") return disk_node();
  IS("open") return verdict(open(object, O_RDONLY | O_NONBLOCK));
  IS("open-write") return verdict(open(object, O_WRONLY | O_APPEND));
  IS("handle") return open_by_handle(object);
  IS("module") return verdict(syscall(SYS_init_module, NULL, 0, ""));
  IS("reboot") {
    return verdict(syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2,
                           LINUX_REBOOT_CMD_CAD_OFF, NULL));
  }
  IS("bpf") return load_program();
  IS("keyring") return verdict(syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, -3, 0));
  IS("clock") return set_clock();
  IS("hostname") return rename_machine();
  IS("shm") return verdict(shmget(key_of(object), 0, 0));
  IS("abstract") return call_abstract(object);
  IS("dmesg") return kernel_log();
  IS("userfaultfd") return verdict(syscall(SYS_userfaultfd, 0));
  IS("nice") return verdict(setpriority(PRIO_PROCESS, 0, -20));
  IS("vsock") return verdict(socket(40, SOCK_STREAM, 0));
  IS("netlink") return verdict(socket(16, SOCK_RAW, atoi(object)));
  IS("as-nobody") return as_nobody(more);
  IS("is-root") return geteuid() == 0 ? 0 : 1;
  IS("int80") return foreign_call();
  IS("victim") return wait_as_victim(object);
  IS("end-shm") return end_shared_memory(object);
#undef IS
  return 2;
}

int main(int argc, char **argv) { return argc < 2 ? 2 : attempt(argv[1], argv + 2); }
