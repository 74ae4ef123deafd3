#ifndef CLINE_EDITOR_H
#define CLINE_EDITOR_H

/* A line editor for one terminal, on GNU readline's callback interface.
 *
 * One process has one editor: readline keeps its state in globals. Everything is called from one thread. Texts are
 * UTF-8 and end with a NUL. No signal handler jumps: signals arrive through a pipe that is waited for beside the
 * keyboard, so the functions that are called back run to their ends. */

/* What a line was ended by. */
enum {
  CLINE_LINE = 0,
  /* Ctrl-D on an empty line, or nobody is left to type. */
  CLINE_END = 1,
  /* Ctrl-C. */
  CLINE_INTERRUPTED = 2,
  /* Called while a line is being read already, before cline_open, or the terminal cannot be waited for. */
  CLINE_FAILED = 3
};

/* What can stand at a place; filled while a completion function runs. */
typedef struct cline_answer cline_answer;

/* The bytes from start to the place are to be replaced by a text. Without it nothing is completed. */
void cline_answer_set(cline_answer *answer, int start, const char *insertion);
/* One of several candidates. */
void cline_answer_add(cline_answer *answer, const char *candidate);

/* Says what can stand at a place of the line. */
typedef void (*cline_complete_function)(void *context, const char *line, int point, cline_answer *answer);
/* Shows the candidates that were found last, with cline_write, on a line of their own. */
typedef void (*cline_list_function)(void *context, int rows, int columns);

/* Reads the user's inputrc under the name of an application. Returns 0 or an errno. */
int cline_open(const char *application, void *context, cline_complete_function complete, cline_list_function list);
/* Forgets the context; the functions are not called any more. */
void cline_close(void);

/* Edits a line. On CLINE_LINE the line is the caller's, who gives it to cline_free. What takes no column in the prompt
 * stands between the bytes 1 and 2. */
int cline_read(const char *prompt, char **line);
void cline_free(char *line);

/* Writes to where the editor writes, at once. */
void cline_write(const char *text);
/* The rows and columns of the terminal as they are now. */
void cline_size(int *rows, int *columns);
/* Whether what was edited stands on the screen as it was typed: not scrolled sideways, and no mode before the prompt. */
int cline_is_plain(void);

/* Adds an entry behind all others. */
void cline_history_add(const char *entry);
/* Removes all entries that are equal to a text. */
void cline_history_remove(const char *entry);

#endif
