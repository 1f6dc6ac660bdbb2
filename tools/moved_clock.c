/* Preloaded into a program, it moves the program's date by MOVED_SECONDS. Clocks that measure how
   long something takes are left alone, so that nothing waits for months.

   libfaketime moves more than this needs, and could not be used: the one of Debian (0.9.10) lets
   Python's time.sleep() fail with EINVAL and workerd hang before its first line. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static time_t moved_seconds;

__attribute__((constructor)) static void read_environment(void) {
  const char *told = getenv("MOVED_SECONDS");
  if (told) moved_seconds = atol(told);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  long failed = syscall(SYS_clock_gettime, clock, now);
  if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    now->tv_sec += moved_seconds;
  return (int)failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  long failed = syscall(SYS_gettimeofday, now, zone);
  if (!failed) now->tv_sec += moved_seconds;
  return (int)failed;
}

time_t time(time_t *out) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (out) *out = now.tv_sec;
  return now.tv_sec;
}
