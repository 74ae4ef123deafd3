#include "CPseudoTerminal.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#ifdef __APPLE__
#include <util.h>
#else
#include <pty.h>
#endif

static struct winsize size(int rows, int columns) {
  struct winsize size;
  memset(&size, 0, sizeof size);
  size.ws_row = (unsigned short)rows;
  size.ws_col = (unsigned short)columns;
  return size;
}

int pseudo_terminal_start(const char *program, char *const arguments[], char *const environment[], const char *folder,
                          int rows, int columns, int *side) {
  struct winsize wanted = size(rows, columns);
  int process = forkpty(side, NULL, NULL, &wanted);
  if (process != 0) {
    if (process > 0) fcntl(*side, F_SETFD, FD_CLOEXEC);
    return process;
  }
  /* In the child, and only what may be called after a fork of many threads. */
  struct sigaction standard;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  for (int number = 1; number < 32; number++) sigaction(number, &standard, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (chdir(folder) == 0) execve(program, arguments, environment);
  _exit(127);
}

int pseudo_terminal_resize(int side, int rows, int columns) {
  struct winsize wanted = size(rows, columns);
  return ioctl(side, TIOCSWINSZ, &wanted);
}
