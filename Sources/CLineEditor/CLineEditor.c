#include "CLineEditor.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "Events.h"

#include <readline/history.h>
#include <readline/readline.h>

struct cline_answer {
  int is_set;
  int start;
  char *insertion;
  char **candidates;
  size_t count;
  size_t room;
};

static struct {
  int is_open;
  int is_reading;
  void *context;
  cline_complete_function complete;
  cline_list_function list;
  /* Ctrl-C has ended the line, while a search was shown in its place, or the terminal cannot be waited for. */
  int is_interrupted;
  int was_searching;
  int has_failed;
  /* So many bytes of the end of a paste were given in place of keys. */
  int ended;
  /* The completion under way, made before readline looks for the beginning of the word. */
  int is_answered;
  cline_answer answer;
  char breaks[2];
  /* The latest completion has closed a string. */
  int has_closed;
} editor;

static int key(FILE *unused);
static void give_up(void);

/* MARK: Completion */

static void clear_answer(void) {
  for (size_t index = 0; index < editor.answer.count; index++) free(editor.answer.candidates[index]);
  free(editor.answer.candidates);
  free(editor.answer.insertion);
  memset(&editor.answer, 0, sizeof editor.answer);
}

void cline_answer_set(cline_answer *answer, int start, const char *insertion) {
  free(answer->insertion);
  answer->insertion = strdup(insertion);
  answer->start = start;
  answer->is_set = answer->insertion != NULL;
}

void cline_answer_add(cline_answer *answer, const char *candidate) {
  if (answer->count == answer->room) {
    size_t room = answer->room ? answer->room * 2 : 64;
    char **grown = realloc(answer->candidates, room * sizeof *grown);
    if (!grown) return;
    answer->candidates = grown;
    answer->room = room;
  }
  char *copy = strdup(candidate);
  if (copy) answer->candidates[answer->count++] = copy;
}

static void ask(void) {
  clear_answer();
  editor.is_answered = 1;
  editor.has_closed = 0;
  if (editor.complete) editor.complete(editor.context, rl_line_buffer, rl_point, &editor.answer);
  if (editor.answer.start < 0 || editor.answer.start > rl_point) editor.answer.is_set = 0;
}

/* Readline takes for a word what reaches back to one of these. So that it is the part that is to be replaced, the byte
 * before that part is the only one, and it must not stand in the part itself. */
static char *word_breaks(void) {
  ask();
  int start = editor.answer.start;
  editor.breaks[0] = '\0';
  if (editor.answer.is_set && start > 0) {
    char before = rl_line_buffer[start - 1];
    if ((unsigned char)before >= 0x80 || memchr(rl_line_buffer + start, before, (size_t)(rl_point - start))) {
      editor.answer.is_set = 0;
    } else {
      editor.breaks[0] = before;
    }
  }
  return editor.breaks;
}

static char **attempt(const char *word, int start, int end) {
  (void)word;
  (void)end;
  /* At the beginning of a line readline looks for no word. */
  if (!editor.is_answered) ask();
  editor.is_answered = 0;
  /* Never fall back to the names of files, and let the candidates say what belongs behind them. */
  rl_attempted_completion_over = 1;
  rl_completion_append_character = '\0';
  rl_completion_suppress_append = 1;
  cline_answer *answer = &editor.answer;
  if (!answer->is_set || answer->start != start || answer->count == 0) return NULL;
  char **matches = calloc(answer->count + 2, sizeof *matches);
  if (!matches) return NULL;
  /* Readline frees the array and the texts. */
  size_t length = strlen(answer->insertion);
  editor.has_closed = answer->count == 1 && length > 0 && answer->insertion[length - 1] == '"';
  matches[0] = answer->insertion;
  answer->insertion = NULL;
  if (answer->count > 1) {
    memcpy(matches + 1, answer->candidates, answer->count * sizeof *matches);
    answer->count = 0;
  }
  clear_answer();
  return matches;
}

/* A quote that is typed right behind one which a completion has written is that one. */
static int quote(int count, int key) {
  int is_there = editor.has_closed && rl_last_func == rl_complete && rl_point > 0
    && rl_line_buffer[rl_point - 1] == '"';
  editor.has_closed = 0;
  return is_there && count == 1 ? 0 : rl_insert(count, key);
}

static void show(char **matches, int count, int longest) {
  (void)matches;
  (void)count;
  (void)longest;
  int rows, columns;
  rl_crlf();
  cline_size(&rows, &columns);
  if (editor.list) editor.list(editor.context, rows, columns);
  rl_forced_update_display();
}

/* Hands the terminal back. That the input has ended is forgotten first: readline would begin a line for it, then and
 * after each later line too, and whoever reads the end does so itself. */
static void hand_back(void) {
  if (editor.is_interrupted) give_up();
  rl_eof_found = 0;
  rl_deprep_terminal();
}

/* MARK: Opening and closing */

int cline_open(const char *application, void *context, cline_complete_function complete, cline_list_function list) {
  if (editor.is_reading) return EBUSY;
  editor.context = context;
  editor.complete = complete;
  editor.list = list;
  if (editor.is_open) return 0;
  int failure = events_open();
  if (failure) return failure;
  char *name = strdup(application);
  if (!name) return ENOMEM;
  rl_readline_name = name;
  /* A result that is piped away is not mixed with what is typed. */
  rl_outstream = isatty(STDOUT_FILENO) ? stdout : stderr;
  rl_instream = stdin;
  rl_getc_function = key;
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
  /* The size is asked for where it is needed. */
  rl_change_environment = 0;
  rl_deprep_term_function = hand_back;
  rl_attempted_completion_function = attempt;
  rl_completion_word_break_hook = word_breaks;
  rl_completion_display_matches_hook = show;
  /* A quote is a break like any other: what closes it belongs to the candidate. */
  rl_basic_quote_characters = "";
  rl_sort_completion_matches = 0;
  rl_ignore_completion_duplicates = 0;
  rl_bind_key_in_map('"', quote, emacs_standard_keymap);
  rl_bind_key_in_map('"', quote, vi_insertion_keymap);
  /* Reads inputrc, which has the last word. */
  rl_initialize();
  using_history();
  editor.is_open = 1;
  return 0;
}

void cline_close(void) {
  editor.context = NULL;
  editor.complete = NULL;
  editor.list = NULL;
  clear_answer();
}

/* MARK: The size of the screen */

/* Readline divides by parts of the width, so that a screen of no columns, or of one or two, ends the program; and it
 * loses its way where nothing fits beside the prompt. A smaller one is taken for one of this size: what is typed is
 * not well seen then, and all there. */
enum { LEAST_ROWS = 2, LEAST_COLUMNS = 20 };

/* The size of the terminal; 0 where it is none that readline can deal with. */
static int is_large_enough(int *rows, int *columns) {
  struct winsize size;
  memset(&size, 0, sizeof size);
  if (ioctl(STDIN_FILENO, TIOCGWINSZ, &size) != 0 || (size.ws_row == 0 && size.ws_col == 0)) {
    *rows = 24;
    *columns = 80;
    return 0;
  }
  *rows = size.ws_row < LEAST_ROWS ? LEAST_ROWS : size.ws_row;
  *columns = size.ws_col < LEAST_COLUMNS ? LEAST_COLUMNS : size.ws_col;
  return size.ws_row >= LEAST_ROWS && size.ws_col >= LEAST_COLUMNS;
}

/* Follows the size of the terminal, which shows the line that is being typed. */
static void follow_size(void) {
  int rows, columns;
  if (is_large_enough(&rows, &columns)) {
    rl_resize_terminal();
  } else {
    rl_set_screen_size(rows, columns);
    rl_forced_update_display();
  }
}

/* Sees to the size before anything is shown. */
static void take_size(void) {
  int rows, columns;
  is_large_enough(&rows, &columns);
  rl_set_screen_size(rows, columns);
}

/* MARK: Reading */

/* Takes the terminal back after a stop, during which the shell has set it for itself. */
static void resume(void) {
  rl_deprep_terminal();
  rl_prep_terminal(1);
  follow_size();
  rl_forced_update_display();
}

/* Stops as the signal asks, with the terminal as the shell wants it. */
static void stop(void) {
  rl_deprep_terminal();
  events_unwatch();
  raise(SIGTSTP);
  /* Here again after SIGCONT. */
  events_watch();
  resume();
}

/* Ends as the signal asks, with the terminal as it was found. */
static void leave(int number) {
  rl_deprep_terminal();
  events_unwatch();
  raise(number);
  /* Here only where the program handles the signal itself. */
  events_watch();
  resume();
}

/* Handles a signal; tells whether it ends the line. */
static int handle(int number) {
  switch (number) {
    case 0: return 0;
    case SIGWINCH: follow_size(); return 0;
    case SIGCONT: resume(); return 0;
    case SIGTSTP: stop(); return 0;
    case SIGINT: return 1;
    default: leave(number); return 0;
  }
}

/* The next key, EOF where nobody is left to type, or READERR after Ctrl-C, until the line is given up. */
static int next_key(void) {
  while (!editor.is_interrupted) {
    switch (events_wait()) {
      case EVENT_SIGNAL:
        editor.is_interrupted = handle(events_signal());
        /* What is shown then is a search, not the line. */
        if (editor.is_interrupted) editor.was_searching = RL_ISSTATE(RL_STATE_ISEARCH) != 0;
        break;
      case EVENT_KEY:
        editor.is_answered = 0;
        return events_key();
      case EVENT_FAILED:
        editor.has_failed = 1;
        return READERR;
    }
  }
  return READERR;
}

/* Readline's rl_getc_function. Whatever function of readline asks for a key asks here, so that none of them, a search or
 * a count that is half typed, ever waits in a state of its own.
 *
 * A paste that is cut off is ended first: readline takes what was pasted for a text, and its end is only there where it
 * has seen the mark of the end. */
static int key(FILE *unused) {
  (void)unused;
  static const char paste_end[] = "\033[201~";
  int next = next_key();
  if (next >= 0 || !RL_ISSTATE(RL_STATE_MOREINPUT) || !paste_end[editor.ended]) return next;
  return paste_end[editor.ended++];
}

/* Gives up the line, and what was half typed with it, and marks its end: what follows stands below its last row. The
 * terminal is handed back afterwards, which writes a carriage return. */
static void give_up(void) {
  rl_clear_pending_input();
  if (editor.was_searching) rl_restore_prompt();
  rl_free_line_state();
  rl_point = rl_end;
  rl_redisplay();
  fputs("^C\n", rl_outstream);
  fflush(rl_outstream);
}

/* Forgets how entries of the history were changed while a line was edited. The line is done, and readline has freed what
 * it would undo it by, but entries may still point to it, and it would be freed again when they are come upon. */
static void forget_changes(void) {
  HIST_ENTRY **entries = history_list();
  for (int index = 0; entries && entries[index]; index++) entries[index]->data = NULL;
}

int cline_read(const char *prompt, char **line) {
  *line = NULL;
  if (!editor.is_open || editor.is_reading) return CLINE_FAILED;
  editor.is_reading = 1;
  editor.is_interrupted = editor.was_searching = editor.has_failed = editor.ended = 0;
  editor.is_answered = 0;
  take_size();
  events_watch();
  *line = readline(prompt);
  events_unwatch();
  editor.is_reading = 0;
  forget_changes();
  if (!editor.is_interrupted && !editor.has_failed) return *line ? CLINE_LINE : CLINE_END;
  free(*line);
  *line = NULL;
  return editor.is_interrupted ? CLINE_INTERRUPTED : CLINE_FAILED;
}

void cline_free(char *line) { free(line); }

/* MARK: The terminal */

void cline_write(const char *text) {
  fputs(text, rl_outstream ? rl_outstream : stdout);
  fflush(rl_outstream ? rl_outstream : stdout);
}

void cline_size(int *rows, int *columns) {
  rl_get_screen_size(rows, columns);
  if (*rows < LEAST_ROWS) *rows = LEAST_ROWS;
  if (*columns < LEAST_COLUMNS) *columns = LEAST_COLUMNS;
}

int cline_is_plain(void) {
  const char *const names[] = {"horizontal-scroll-mode", "show-mode-in-prompt"};
  for (int index = 0; index < 2; index++) {
    const char *value = rl_variable_value(names[index]);
    if (value && strcmp(value, "on") == 0) return 0;
  }
  return 1;
}

/* MARK: History */

void cline_history_add(const char *entry) { add_history(entry); }

void cline_history_remove(const char *entry) {
  HIST_ENTRY **entries = history_list();
  if (!entries) return;
  int count = history_length;
  for (int index = count - 1; index >= 0; index--) {
    if (strcmp(history_list()[index]->line, entry) != 0) continue;
    HIST_ENTRY *removed = remove_history(index);
    if (removed) free(free_history_entry(removed));
  }
}
