#ifndef CLINE_EVENTS_H
#define CLINE_EVENTS_H

#include <stdio.h>

/* Keys and signals, as one stream of events that nothing gets lost from.
 *
 * Ctrl-C throws away what is typed and not read yet, so a terminal that had a key a moment ago may have none when it is
 * read. Whoever reads it then as usual waits for the next key, with the signal in hand. Here no read ever waits: what
 * waits is a poll of the keyboard and of the pipe that the signal handler writes to. */

enum event {
  /* A key is read and given by the next events_key, or nobody is left to type. */
  EVENT_KEY,
  /* events_signal has one. */
  EVENT_SIGNAL,
  /* The terminal cannot be waited for. */
  EVENT_FAILED
};

/* Opens the pipe, and the terminal behind standard input a second time. Returns 0 or an errno. */
int events_open(void);

/* Signals come here, from now on, or go where they went before. */
void events_watch(void);
void events_unwatch(void);

/* Waits for the next event; signals come first. */
enum event events_wait(void);
/* The next signal, or 0. */
int events_signal(void);
/* The key that was waited for; EOF where nobody is left to type. */
int events_key(void);

#endif
