#include "Events.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The signals that are waited for beside the keyboard. */
static const int watched[] = {SIGINT, SIGWINCH, SIGCONT, SIGTSTP, SIGTERM, SIGHUP, SIGQUIT};
enum { WATCHED = sizeof watched / sizeof watched[0], NO_KEY = -2, PENDING = 64 };

static struct {
  /* Written to by the signal handler, read from by the loop. */
  int signals[2];
  struct sigaction before[WATCHED];
  /* Signals that were taken from the pipe and not handled yet, in their order. */
  unsigned char pending[PENDING];
  int count;
  /* The keyboard, in a way in which no read waits: standard input is shared with the shell, which must not find it so. */
  int keyboard;
  /* The key that was waited for: a byte, EOF or NO_KEY. */
  int key;
} events = {.signals = {-1, -1}, .keyboard = STDIN_FILENO, .key = NO_KEY};

int events_open(void) {
  if (events.signals[0] >= 0) return 0;
  if (pipe(events.signals) != 0) return errno;
  for (int end = 0; end < 2; end++) {
    fcntl(events.signals[end], F_SETFD, FD_CLOEXEC);
    fcntl(events.signals[end], F_SETFL, O_NONBLOCK);
  }
  const char *name = ttyname(STDIN_FILENO);
  int keyboard = name ? open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1;
  /* Where the terminal has no name here, keys are still read, if not as safely. */
  if (keyboard >= 0) events.keyboard = keyboard;
  return 0;
}

/* MARK: Signals */

static void on_signal(int number) {
  int kept = errno;
  unsigned char byte = (unsigned char)number;
  /* A full pipe has enough signals in it. */
  if (write(events.signals[1], &byte, 1) < 0) {}
  errno = kept;
}

void events_watch(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  for (int index = 0; index < WATCHED; index++) {
    sigaction(watched[index], NULL, &events.before[index]);
    /* What the parent ignores stays ignored, but Ctrl-C belongs to the prompt. */
    int is_ignored = events.before[index].sa_handler == SIG_IGN && watched[index] != SIGINT;
    if (!is_ignored) sigaction(watched[index], &action, NULL);
  }
}

void events_unwatch(void) {
  for (int index = 0; index < WATCHED; index++) sigaction(watched[index], &events.before[index], NULL);
}

static void take_signals(void) {
  while (events.count < PENDING) {
    ssize_t count = read(events.signals[0], events.pending + events.count, (size_t)(PENDING - events.count));
    if (count <= 0) return;
    events.count += (int)count;
  }
}

int events_signal(void) {
  if (events.count == 0) return 0;
  int first = events.pending[0];
  events.count -= 1;
  memmove(events.pending, events.pending + 1, (size_t)events.count);
  return first;
}

/* MARK: Keys */

/* Waits until a key or a signal may be there; 0 where neither can be waited for. */
static int wait_for_either(void) {
  struct pollfd sources[2] = {{events.keyboard, POLLIN, 0}, {events.signals[0], POLLIN, 0}};
  if (events.count == PENDING) sources[1].fd = -1;
  while (poll(sources, 2, -1) < 0) {
    if (errno != EINTR) return 0;
  }
  take_signals();
  return 1;
}

/* A byte, EOF, or NO_KEY. */
static int take_key(void) {
  unsigned char byte = 0;
  ssize_t count = read(events.keyboard, &byte, 1);
  if (count == 1) return byte;
  return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) ? NO_KEY : EOF;
}

enum event events_wait(void) {
  take_signals();
  while (events.count == 0 && events.key == NO_KEY) {
    if (!wait_for_either()) return EVENT_FAILED;
    if (events.count == 0) events.key = take_key();
  }
  return events.count > 0 ? EVENT_SIGNAL : EVENT_KEY;
}

int events_key(void) {
  int key = events.key;
  events.key = NO_KEY;
  return key == NO_KEY ? EOF : key;
}
