// What a process of an instance may no longer do, and nothing it starts either: use capabilities
// that reach beyond its own network and files, and make the system calls that go with them.
#define _GNU_SOURCE
#include "launch.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#else
#error "no list of system calls for this machine"
#endif

#define ONE(capability) (1ULL << (capability))

const uint64_t INSTANCE_CAPABILITIES =
    ONE(CAP_NET_ADMIN) | ONE(CAP_NET_RAW) | ONE(CAP_NET_BIND_SERVICE) | ONE(CAP_CHOWN) |
    ONE(CAP_DAC_OVERRIDE) | ONE(CAP_FOWNER) | ONE(CAP_FSETID) | ONE(CAP_SETUID) |
    ONE(CAP_SETGID) | ONE(CAP_SETPCAP) | ONE(CAP_KILL);

// The newest system call that the list below was made from (6.13). Newer ones, and on x86_64 all
// of the x32 kind, are "not in this kernel": programs have another way for that case.
enum { NEWEST = 466 };

// Refused with EPERM. Most take a capability that is gone; they are here because what they reach
// in the kernel is large, and a fault there must not be within reach. Others (ptrace, userfaultfd,
// io_uring, keys) take none.
static const int REFUSED[] = {
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_setns, SYS_swapon, SYS_swapoff,
    428 /* open_tree */, 429 /* move_mount */, 430 /* fsopen */, 431 /* fsconfig */,
    432 /* fsmount */, 433 /* fspick */, 442 /* mount_setattr */,
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load,
#ifdef SYS_kexec_file_load
    SYS_kexec_file_load,
#endif
    SYS_reboot, SYS_sethostname, SYS_setdomainname, SYS_acct, SYS_vhangup, SYS_syslog,
    SYS_quotactl, 443 /* quotactl_fd */, SYS_settimeofday, SYS_clock_settime, SYS_adjtimex,
    SYS_clock_adjtime, SYS_bpf, SYS_perf_event_open, SYS_ptrace, SYS_process_vm_readv,
    SYS_process_vm_writev, 438 /* pidfd_getfd */, 440 /* process_madvise */, SYS_kcmp,
    SYS_keyctl, SYS_add_key, SYS_request_key, SYS_userfaultfd, 425 /* io_uring_setup */,
    426 /* io_uring_enter */, 427 /* io_uring_register */, SYS_open_by_handle_at,
    SYS_fanotify_init, SYS_move_pages, SYS_migrate_pages, SYS_mbind, SYS_set_mempolicy,
    450 /* set_mempolicy_home_node */, SYS_lookup_dcookie, SYS_nfsservctl,
#ifdef __x86_64__
    SYS_iopl, SYS_ioperm, SYS_modify_ldt, SYS_uselib, SYS_ustat, SYS_sysfs, SYS__sysctl,
    SYS_create_module, SYS_get_kernel_syms, SYS_query_module,
#endif
};
enum { REFUSALS = sizeof REFUSED / sizeof REFUSED[0] };

static const uint32_t NAMESPACES = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                                   CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

// Address families that no network namespace confines, or that reach ciphers in the kernel.
enum { VIRTUAL_MACHINE_SOCKETS = 40, CIPHER_SOCKETS = 38 };

// Netlink families that serve one network namespace. Others, such as ciphers, audit and the news of
// all processes, serve the whole machine and ask for CAP_NET_ADMIN, which a jail's root has.
enum { ROUTES = 0, SOCKET_STATES = 4, IPSEC = 6, FILTERS = 12, DEVICES = 15, GENERIC = 16 };

#define FIELD(name) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, name))
#define ANSWER(value) BPF_STMT(BPF_RET | BPF_K, value)
#define SAY(number) ANSWER(SECCOMP_RET_ERRNO | (number))
// Runs the next instruction if the value is this one, else jumps over "skipped" instructions.
#define IF(value, skipped) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, skipped)
#define IF_ANY_BIT(bits, skipped) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 0, skipped)

// The lower half of a first argument, as all of these are: both machines are little-endian.
#define FIRST FIELD(args[0])
#define THIRD FIELD(args[2])

static const struct sock_filter BEFORE[] = {
    FIELD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0),
    ANSWER(SECCOMP_RET_KILL_PROCESS),
    FIELD(nr),
    BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, NEWEST, 0, 1),
    SAY(ENOSYS),
    // its flags lie in memory, out of a filter's sight; libraries then use clone
    IF(SYS_clone3, 1),
    SAY(ENOSYS),
};

static const struct sock_filter AFTER[] = {
    IF(SYS_clone, 4), FIRST, IF_ANY_BIT(NAMESPACES, 1), SAY(EPERM), ANSWER(SECCOMP_RET_ALLOW),
    // not for clone, where this bit is part of a signal's number
    IF(SYS_unshare, 4), FIRST, IF_ANY_BIT(NAMESPACES | CLONE_NEWTIME, 1), SAY(EPERM),
    ANSWER(SECCOMP_RET_ALLOW),
    IF(SYS_socket, 21), FIRST, IF(VIRTUAL_MACHINE_SOCKETS, 1), SAY(EPERM), IF(CIPHER_SOCKETS, 1),
    SAY(EPERM), IF(AF_NETLINK, 14), THIRD, IF(ROUTES, 1), ANSWER(SECCOMP_RET_ALLOW),
    IF(SOCKET_STATES, 1), ANSWER(SECCOMP_RET_ALLOW), IF(IPSEC, 1), ANSWER(SECCOMP_RET_ALLOW),
    IF(FILTERS, 1), ANSWER(SECCOMP_RET_ALLOW), IF(DEVICES, 1), ANSWER(SECCOMP_RET_ALLOW),
    IF(GENERIC, 1), ANSWER(SECCOMP_RET_ALLOW), SAY(EPERM), ANSWER(SECCOMP_RET_ALLOW),
    // only the usual one, 32-bit addresses of it, and the question which one it is
    IF(SYS_personality, 8), FIRST, IF(0, 1), ANSWER(SECCOMP_RET_ALLOW), IF(0x0008, 1),
    ANSWER(SECCOMP_RET_ALLOW), IF(0xffffffff, 1), ANSWER(SECCOMP_RET_ALLOW), SAY(EPERM),
    ANSWER(SECCOMP_RET_ALLOW),
};
enum {
  BEGIN = sizeof BEFORE / sizeof BEFORE[0],
  END = sizeof AFTER / sizeof AFTER[0],
  LENGTH = BEGIN + 2 * REFUSALS + END
};

static int filter_system_calls(void) {
  struct sock_filter filter[LENGTH];
  struct sock_fprog program = {.len = LENGTH, .filter = filter};
  memcpy(filter, BEFORE, sizeof BEFORE);
  for (int i = 0; i < REFUSALS; i++) {
    filter[BEGIN + 2 * i] = (struct sock_filter)IF((uint32_t)REFUSED[i], 1);
    filter[BEGIN + 2 * i + 1] = (struct sock_filter)SAY(EPERM);
  }
  memcpy(filter + BEGIN + 2 * REFUSALS, AFTER, sizeof AFTER);
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

// Root is given what the bounding set holds whenever it executes a program: so that comes first.
static int drop_capabilities(uint64_t kept) {
  for (int number = 0; number < 64; number++) {
    if (kept & ONE(number)) continue;
    if (prctl(PR_CAPBSET_DROP, number, 0, 0, 0) < 0) {
      if (errno == EINVAL) break; // the kernel's last one was the one before
      return -1;
    }
  }
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct sets[2];
  if (syscall(SYS_capget, &header, sets) < 0) return -1;
  for (int half = 0; half < 2; half++) {
    sets[half].permitted &= (uint32_t)(kept >> (32 * half));
    sets[half].effective = sets[half].permitted;
    sets[half].inheritable = 0;
  }
  return (int)syscall(SYS_capset, &header, sets);
}

int become_root_of(int user_namespace) {
  if (user_namespace < 0) return 0;
  if (setns(user_namespace, CLONE_NEWUSER) < 0) return -1;
  // the calls themselves: the library's functions bring along what many threads would need
  if (syscall(SYS_setgroups, 0, NULL) < 0 || syscall(SYS_setresgid, 0, 0, 0) < 0) return -1;
  return (int)syscall(SYS_setresuid, 0, 0, 0);
}

int lock_down(uint64_t capabilities) {
  if (drop_capabilities(capabilities) < 0) return fail("drop", "capabilities"), -1;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return fail("refuse", "new privileges"), -1;
  if (filter_system_calls() < 0) return fail("install", "the filter of system calls"), -1;
  return 0;
}
