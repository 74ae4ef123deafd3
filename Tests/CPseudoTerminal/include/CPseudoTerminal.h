#ifndef CPSEUDO_TERMINAL_H
#define CPSEUDO_TERMINAL_H

/* Starts a program as the leader of a session with a terminal of its own, in a folder. Returns its process and hands
 * out the other side of the terminal, or returns -1 with errno. A program that cannot be started ends with 127. */
int pseudo_terminal_start(const char *program, char *const arguments[], char *const environment[], const char *folder,
                          int rows, int columns, int *side);

/* Gives the terminal another size; the program is told. Returns 0, or -1 with errno. */
int pseudo_terminal_resize(int side, int rows, int columns);

#endif
