/*
 * The first program of a container: waits until the container has its ports, then becomes the
 * program that the image asks for.
 *
 *   wait PROGRAM ARGUMENT...
 *
 * SIGUSR1 lets it go on; SIGTERM ends it. Both are blocked, for the first process of a pid
 * namespace does not get signals otherwise that it has no handler for (pid_namespaces(7)); and whoever
 * sends SIGUSR1 sees in /proc when it is awaited, which sigwait(3) would hide.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { USAGE = 64, CANNOT_EXECUTE = 126, NOT_FOUND = 127, ENDED_BY_SIGNAL = 128 };

int main(int argc, char **argv)
{
	sigset_t awaited, before;
	struct signalfd_siginfo signal = {0};
	int signals;

	if (argc < 2) {
		fprintf(stderr, "wait: the image says no program\n");
		return USAGE;
	}
	sigemptyset(&awaited);
	sigaddset(&awaited, SIGUSR1);
	sigaddset(&awaited, SIGTERM);
	sigprocmask(SIG_BLOCK, &awaited, &before);
	signals = signalfd(-1, &awaited, SFD_CLOEXEC);
	while (read(signals, &signal, sizeof signal) < 0 && errno == EINTR)
		;
	if (signal.ssi_signo == SIGTERM)
		return ENDED_BY_SIGNAL + SIGTERM;
	sigprocmask(SIG_SETMASK, &before, NULL);
	execvp(argv[1], argv + 1);
	fprintf(stderr, "can't execute %s: %s\n", argv[1], strerror(errno));
	return errno == ENOENT ? NOT_FOUND : CANNOT_EXECUTE;
}
