// Makes traffic between two network namespaces and says what became of it.
//
//   traffic blast A B ADDRESS SECONDS      60-byte packets from A to B, as many as arrive
//   traffic marked A B ADDRESS SECONDS     the same with packets that rules on their way mark
//   traffic pingpong A B ADDRESS SECONDS   one packet to and fro
//   traffic plain A INTERFACE              switches TSO, GSO and GRO of an interface off
//
// A and B are files of namespaces; ADDRESS is B's. SIGTERM ends a stream before its time. Prints one
// line of names and numbers. Exit status 1: it could not be done; stderr says why.
//
// Both ends are threads of one process, each on a core of its own, which share the numbers: so the
// sender knows without a packet back how many are under way, and never has more under way than any
// queue holds. What is lost then was lost by the path, not by a full buffer of the receiver.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PORT 7000
#define BATCH 32
#define WINDOW 128              // packets under way; the ring of a veth that joins packets holds 256
#define MOST_PACKETS (1u << 30) // that one stream may have
#define HELLO UINT64_MAX        // number of a packet that only finds the way
#define HELLOS 200
#define VLAN_OF_VERSION 100 // a packet of version n carries DSCP n and VLAN 100 + n
#define MOST_ROUND_TRIPS 1000000
#define FRAME_HEADERS (14 + 20 + 8)

// With Ethernet, IP and UDP it makes the smallest frame, 60 bytes.
struct payload {
  uint64_t number;
  uint32_t run; // tells a stream from an earlier one
  uint8_t padding[6];
} __attribute__((packed));

struct stream {
  int out, in;
  int marked;
  uint32_t run;
  double seconds;
  _Atomic uint64_t sent;
  _Atomic uint64_t arrived;
  _Atomic uint64_t given_up; // lost ones that the window no longer waits for
  _Atomic int ready, done;
  uint64_t measured_arrived; // while the sender sent
  double measured_seconds, measured_busy;
  uint64_t received, duplicated, reordered, mixed, changes, highest;
  int last_version;
  uint8_t *seen; // a bit for each number
  pthread_mutex_t lock;
  pthread_cond_t room;
  _Atomic int waiting;
};

static volatile sig_atomic_t stopped;

static void stop(int signal) {
  (void)signal;
  stopped = 1;
}

static _Noreturn void fail(const char *what) {
  fprintf(stderr, "traffic: cannot %s: %s\n", what, strerror(errno));
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

// What all cores together have idled, and what the hypervisor took from them, in seconds.
static double unused(int *cores) {
  FILE *file = fopen("/proc/stat", "r");
  char line[512];
  unsigned long long idle = 0, waiting = 0, stolen = 0;
  *cores = 0;
  if (!file) fail("read /proc/stat");
  while (fgets(line, sizeof line, file)) {
    if (strncmp(line, "cpu ", 4) == 0) {
      sscanf(line, "cpu %*u %*u %*u %llu %llu %*u %*u %llu", &idle, &waiting, &stolen);
    } else if (strncmp(line, "cpu", 3) == 0) {
      ++*cores;
    }
  }
  fclose(file);
  return (double)(idle + waiting + stolen) / sysconf(_SC_CLK_TCK);
}

static void enter(const char *namespace) {
  int file = open(namespace, O_RDONLY | O_CLOEXEC);
  if (file < 0 || setns(file, CLONE_NEWNET) < 0) fail(namespace);
  close(file);
}

static void limit_waiting(int socket) {
  struct timeval patience = {.tv_usec = 100000};
  if (setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) < 0) {
    fail("limit waiting");
  }
  int bytes = 16 << 20;
  if (setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes) < 0) {
    fail("enlarge a receive buffer");
  }
}

static int udp(void) {
  int made = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (made < 0) fail("open a UDP socket");
  limit_waiting(made);
  return made;
}

static int listening(void) {
  int made = udp();
  struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(PORT)};
  if (bind(made, (struct sockaddr *)&any, sizeof any) < 0) fail("bind a UDP socket");
  return made;
}

static int connected(const char *address) {
  int made = udp();
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(PORT)};
  if (inet_pton(AF_INET, address, &to.sin_addr) != 1) {
    errno = EINVAL;
    fail(address);
  }
  if (connect(made, (struct sockaddr *)&to, sizeof to) < 0) fail("connect a UDP socket");
  return made;
}

// Sees the frames of the stream as they come in by any interface, with their tags.
static int tapping(void) {
  struct sock_filter ours[] = {
      {BPF_LD | BPF_H | BPF_ABS, 0, 0, 12},  {BPF_JMP | BPF_JEQ | BPF_K, 0, 5, ETHERTYPE_IP},
      {BPF_LD | BPF_B | BPF_ABS, 0, 0, 23},  {BPF_JMP | BPF_JEQ | BPF_K, 0, 3, IPPROTO_UDP},
      {BPF_LD | BPF_H | BPF_ABS, 0, 0, 36},  {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, PORT},
      {BPF_RET | BPF_K, 0, 0, 0x40000},      {BPF_RET | BPF_K, 0, 0, 0},
  };
  struct sock_fprog program = {.len = sizeof ours / sizeof *ours, .filter = ours};
  int one = 1;
  int made = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
  if (made < 0) fail("open a packet socket");
  limit_waiting(made);
  if (setsockopt(made, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) < 0 ||
      setsockopt(made, SOL_PACKET, PACKET_AUXDATA, &one, sizeof one) < 0 ||
      setsockopt(made, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one) < 0) {
    fail("prepare a packet socket");
  }
  struct sockaddr_ll all = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};
  if (bind(made, (struct sockaddr *)&all, sizeof all) < 0) fail("bind a packet socket");
  return made;
}

static void stay_on_core(int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  sched_setaffinity(0, sizeof cores, &cores); // a machine of one core has nothing to choose
}

// ---- streams ----

static uint64_t under_way(struct stream *stream) {
  uint64_t settled = atomic_load(&stream->arrived) + atomic_load(&stream->given_up);
  uint64_t sent = atomic_load(&stream->sent);
  return sent > settled ? sent - settled : 0;
}

// Waits until half the window is free; what does not arrive for long is given up.
static void wait_for_room(struct stream *stream) {
  uint64_t before = atomic_load(&stream->arrived);
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += 1;
  pthread_mutex_lock(&stream->lock);
  atomic_store(&stream->waiting, 1);
  int late = 0;
  while (under_way(stream) > WINDOW / 2 && !late && !stopped) {
    late = pthread_cond_timedwait(&stream->room, &stream->lock, &until) == ETIMEDOUT;
  }
  atomic_store(&stream->waiting, 0);
  pthread_mutex_unlock(&stream->lock);
  if (late && atomic_load(&stream->arrived) == before) {
    atomic_fetch_add(&stream->given_up, under_way(stream));
  }
}

static void make_room(struct stream *stream) {
  if (atomic_load(&stream->waiting) && under_way(stream) <= WINDOW / 2) {
    pthread_mutex_lock(&stream->lock);
    pthread_cond_signal(&stream->room);
    pthread_mutex_unlock(&stream->lock);
  }
}

// Finds the way: addresses are asked for, and bridges learn.
static void greet(struct stream *stream) {
  struct payload hello = {.number = HELLO, .run = stream->run};
  for (int i = 0; i < HELLOS && !atomic_load(&stream->ready) && !stopped; i++) {
    send(stream->out, &hello, sizeof hello, 0); // a refusal means that it is not there yet
    struct timespec pause = {.tv_nsec = 20000000};
    nanosleep(&pause, NULL);
  }
  if (!atomic_load(&stream->ready)) {
    errno = ETIMEDOUT;
    fail("reach the other end");
  }
  if (stream->marked) {
    printf("begun 1 "); // for who wants to change something on the way
    fflush(stdout);
  }
}

static void send_all(struct stream *stream) {
  struct payload payloads[BATCH];
  struct iovec parts[BATCH];
  struct mmsghdr messages[BATCH];
  memset(messages, 0, sizeof messages);
  memset(payloads, 0, sizeof payloads);
  for (int i = 0; i < BATCH; i++) {
    payloads[i].run = stream->run;
    parts[i] = (struct iovec){&payloads[i], sizeof payloads[i]};
    messages[i].msg_hdr.msg_iov = &parts[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  double end = now() + stream->seconds;
  uint64_t number = 0;
  while (!stopped && now() < end && number < MOST_PACKETS - BATCH) {
    if (under_way(stream) > WINDOW - BATCH) wait_for_room(stream);
    for (int i = 0; i < BATCH; i++) payloads[i].number = number + i;
    atomic_store(&stream->sent, number + BATCH);
    int sent = sendmmsg(stream->out, messages, BATCH, 0);
    if (sent < 0 && errno != EINTR && errno != ENOBUFS) fail("send");
    number += sent < 0 ? 0 : sent;
    atomic_store(&stream->sent, number);
  }
}

static void *sender(void *argument) {
  struct stream *stream = argument;
  stay_on_core(0);
  greet(stream);
  int cores;
  double unused_before = unused(&cores), begin = now();
  send_all(stream);
  stream->measured_arrived = atomic_load(&stream->arrived);
  stream->measured_seconds = now() - begin;
  stream->measured_busy = cores * stream->measured_seconds - (unused(&cores) - unused_before);
  atomic_store(&stream->done, 1);
  return NULL;
}

static void count(struct stream *stream, const struct payload *payload) {
  if (payload->run != stream->run) return;
  if (payload->number == HELLO) {
    atomic_store(&stream->ready, 1);
    return;
  }
  uint64_t number = payload->number;
  if (number >= MOST_PACKETS) return;
  uint8_t bit = 1 << (number & 7);
  if (stream->seen[number >> 3] & bit) {
    stream->duplicated++;
    return;
  }
  stream->seen[number >> 3] |= bit;
  if (stream->received && number < stream->highest) stream->reordered++;
  if (number > stream->highest) stream->highest = number;
  stream->received++;
}

// The marks of both LSIs, or -1 if they contradict each other.
static int version_of(const uint8_t *frame, struct msghdr *message) {
  int vlan = 0, dscp = frame[15] >> 2;
  for (struct cmsghdr *each = CMSG_FIRSTHDR(message); each; each = CMSG_NXTHDR(message, each)) {
    if (each->cmsg_level == SOL_PACKET && each->cmsg_type == PACKET_AUXDATA) {
      struct tpacket_auxdata data;
      memcpy(&data, CMSG_DATA(each), sizeof data);
      if (data.tp_status & TP_STATUS_VLAN_VALID) vlan = data.tp_vlan_tci & 0xfff;
    }
  }
  return vlan == VLAN_OF_VERSION + dscp ? dscp : -1;
}

static void look_at(struct stream *stream, const uint8_t *frame, struct msghdr *message) {
  struct payload payload;
  memcpy(&payload, frame + FRAME_HEADERS, sizeof payload);
  if (payload.run == stream->run && payload.number != HELLO) {
    int version = version_of(frame, message);
    if (version < 0) {
      stream->mixed++;
    } else {
      if (stream->last_version && version != stream->last_version) stream->changes++;
      stream->last_version = version;
    }
  }
  count(stream, &payload);
}

static void *receiver(void *argument) {
  struct stream *stream = argument;
  static uint8_t frames[BATCH][2048], controls[BATCH][256];
  struct iovec parts[BATCH];
  struct mmsghdr messages[BATCH];
  stay_on_core(1);
  for (int silent = 0; silent < 3;) { // a silence is a tenth of a second
    memset(messages, 0, sizeof messages);
    for (int i = 0; i < BATCH; i++) {
      parts[i] = (struct iovec){frames[i], sizeof frames[i]};
      messages[i].msg_hdr.msg_iov = &parts[i];
      messages[i].msg_hdr.msg_iovlen = 1;
      messages[i].msg_hdr.msg_control = stream->marked ? controls[i] : NULL;
      messages[i].msg_hdr.msg_controllen = stream->marked ? sizeof controls[i] : 0;
    }
    int got = recvmmsg(stream->in, messages, BATCH, MSG_WAITFORONE, NULL);
    if (got < 0 && errno != EAGAIN && errno != EINTR) fail("receive");
    silent = got > 0 || !atomic_load(&stream->done) ? 0 : silent + 1;
    for (int i = 0; i < got; i++) {
      unsigned needed = sizeof(struct payload) + (stream->marked ? FRAME_HEADERS : 0);
      if (messages[i].msg_len < needed) continue;
      if (stream->marked) {
        look_at(stream, frames[i], &messages[i].msg_hdr);
      } else {
        count(stream, (struct payload *)frames[i]);
      }
    }
    if (got > 0) {
      atomic_store(&stream->arrived, stream->received);
      make_room(stream);
    }
  }
  return NULL;
}

static void run(void *(*one)(void *), void *(*other)(void *), void *argument) {
  pthread_t threads[2];
  if (pthread_create(&threads[1], NULL, other, argument) != 0 ||
      pthread_create(&threads[0], NULL, one, argument) != 0) {
    fail("start a thread");
  }
  pthread_join(threads[0], NULL);
  pthread_join(threads[1], NULL);
}

static void stream(struct stream *stream, char **argv) {
  stream->run = getpid();
  stream->seconds = atof(argv[5]);
  stream->seen = calloc(MOST_PACKETS / 8, 1); // touched as numbers come
  if (!stream->seen) fail("reserve memory");
  pthread_mutex_init(&stream->lock, NULL);
  pthread_cond_init(&stream->room, NULL);
  enter(argv[3]);
  stream->in = listening();
  // The socket stays, so that B does not refuse packets that come without a tag.
  if (stream->marked) stream->in = tapping();
  enter(argv[2]);
  stream->out = connected(argv[4]);
  run(sender, receiver, stream);
  uint64_t sent = atomic_load(&stream->sent);
  printf("sent %llu lost %llu duplicated %llu reordered %llu mixed %llu changes %llu "
         "arrived %llu seconds %.6f busy %.6f\n",
         (unsigned long long)sent,
         (unsigned long long)(sent > stream->received ? sent - stream->received : 0),
         (unsigned long long)stream->duplicated, (unsigned long long)stream->reordered,
         (unsigned long long)stream->mixed, (unsigned long long)stream->changes,
         (unsigned long long)stream->measured_arrived, stream->measured_seconds,
         stream->measured_busy);
}

// ---- to and fro ----

struct pingpong {
  int here, there;
  double seconds;
  _Atomic int done;
  float *micros;
  int trips, lost;
};

static void *pong(void *argument) {
  struct pingpong *game = argument;
  stay_on_core(1);
  while (!atomic_load(&game->done)) {
    struct payload ball;
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    ssize_t got =
        recvfrom(game->there, &ball, sizeof ball, 0, (struct sockaddr *)&from, &length);
    if (got > 0) sendto(game->there, &ball, got, 0, (struct sockaddr *)&from, length);
  }
  return NULL;
}

// Whether the ball came back; older ones that come late are not looked at.
static int came_back(struct pingpong *game, uint64_t number) {
  struct payload ball = {.number = number}, back;
  if (send(game->here, &ball, sizeof ball, 0) < 0) return 0;
  while (recv(game->here, &back, sizeof back, 0) > 0) {
    if (back.number == number) return 1;
  }
  return 0;
}

static void *ping(void *argument) {
  struct pingpong *game = argument;
  stay_on_core(0);
  uint64_t number = 0;
  int found = 0;
  for (int i = 0; i < HELLOS && !found && !stopped; i++) found = came_back(game, ++number);
  if (!found) {
    errno = ETIMEDOUT;
    fail("reach the other end");
  }
  double end = now() + game->seconds;
  while (!stopped && now() < end && game->trips < MOST_ROUND_TRIPS) {
    double begin = now();
    if (came_back(game, ++number)) {
      game->micros[game->trips++] = (now() - begin) * 1e6;
    } else {
      game->lost++;
    }
  }
  atomic_store(&game->done, 1);
  return NULL;
}

static int compare(const void *one, const void *other) {
  float a = *(const float *)one, b = *(const float *)other;
  return (a > b) - (a < b);
}

static void pingpong(char **argv) {
  struct pingpong game = {.seconds = atof(argv[5])};
  game.micros = calloc(MOST_ROUND_TRIPS, sizeof *game.micros);
  if (!game.micros) fail("reserve memory");
  enter(argv[3]);
  game.there = listening();
  enter(argv[2]);
  game.here = connected(argv[4]);
  run(ping, pong, &game);
  if (!game.trips) {
    errno = ETIMEDOUT;
    fail("get anything back");
  }
  qsort(game.micros, game.trips, sizeof *game.micros, compare);
  printf("trips %d lost %d p50 %.3f p99 %.3f\n", game.trips, game.lost,
         game.micros[game.trips / 2], game.micros[(long)game.trips * 99 / 100]);
}

// ---- interfaces ----

static void plain(const char *interface) {
  int commands[] = {ETHTOOL_STSO, ETHTOOL_SGSO, ETHTOOL_SGRO};
  int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (any < 0) fail("open a socket");
  for (unsigned i = 0; i < sizeof commands / sizeof *commands; i++) {
    struct ethtool_value off = {.cmd = commands[i], .data = 0};
    struct ifreq request = {.ifr_data = (void *)&off};
    snprintf(request.ifr_name, sizeof request.ifr_name, "%s", interface);
    if (ioctl(any, SIOCETHTOOL, &request) < 0) fail("switch an offload off");
  }
}

int main(int argc, char **argv) {
  struct sigaction ending = {.sa_handler = stop};
  sigaction(SIGTERM, &ending, NULL);
  static struct stream numbered;
  if (argc == 6 && strcmp(argv[1], "blast") == 0) {
    stream(&numbered, argv);
  } else if (argc == 6 && strcmp(argv[1], "marked") == 0) {
    numbered.marked = 1;
    // Before other traffic on the same cores, or it would sleep through changes.
    if (setpriority(PRIO_PROCESS, 0, -5) < 0) fail("raise its priority");
    stream(&numbered, argv);
  } else if (argc == 6 && strcmp(argv[1], "pingpong") == 0) {
    pingpong(argv);
  } else if (argc == 4 && strcmp(argv[1], "plain") == 0) {
    enter(argv[2]);
    plain(argv[3]);
  } else {
    fprintf(stderr, "usage: traffic blast|marked|pingpong A B ADDRESS SECONDS, or plain A DEV\n");
    return 1;
  }
  return 0;
}
