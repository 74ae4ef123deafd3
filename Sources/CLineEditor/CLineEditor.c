#include "CLineEditor.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
  int done;
  char *line;
  /* The completion under way, made before readline looks for the beginning of the word. */
  int is_answered;
  cline_answer answer;
  char breaks[2];
  /* The latest completion has closed a string. */
  int has_closed;
} editor;

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
  rl_getc_function = events_key;
  rl_catch_signals = 0;
  rl_catch_sigwinch = 0;
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

/* MARK: Reading */

static void on_line(char *line) {
  editor.line = line;
  editor.done = 1;
  rl_callback_handler_remove();
}

/* Takes the terminal back after a stop, during which the shell has set it for itself. */
static void resume(void) {
  rl_deprep_terminal();
  rl_prep_terminal(1);
  rl_resize_terminal();
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
  rl_callback_sigcleanup();
  rl_deprep_terminal();
  events_unwatch();
  raise(number);
  /* Here only where the program handles the signal itself. */
  events_watch();
  resume();
}

static void interrupt(void) {
  /* A reverse search or a count may be half typed. */
  rl_callback_sigcleanup();
  /* Of a key of several bytes some may be there, and the rest never comes. */
  rl_clear_pending_input();
  events_forget();
  /* What follows stands below the last row. Handing the terminal back writes a carriage return, so the mark comes
   * first. */
  rl_point = rl_end;
  rl_redisplay();
  fputs("^C\n", rl_outstream);
  fflush(rl_outstream);
  rl_free_line_state();
  rl_cleanup_after_signal();
  rl_callback_handler_remove();
}

/* Handles a signal; tells whether it ends the line. */
static int handle(int number) {
  switch (number) {
    case 0: return 0;
    case SIGWINCH: rl_resize_terminal(); return 0;
    case SIGCONT: resume(); return 0;
    case SIGTSTP: stop(); return 0;
    case SIGINT: interrupt(); return 1;
    default: leave(number); return 0;
  }
}

int cline_read(const char *prompt, char **line) {
  *line = NULL;
  if (!editor.is_open || editor.is_reading) return CLINE_FAILED;
  editor.is_reading = 1;
  editor.done = 0;
  editor.line = NULL;
  editor.is_answered = 0;
  int status = CLINE_LINE;
  events_watch();
  rl_callback_handler_install(prompt, on_line);
  while (!editor.done && status == CLINE_LINE) {
    switch (events_wait()) {
      case EVENT_SIGNAL:
        if (handle(events_signal())) status = CLINE_INTERRUPTED;
        break;
      case EVENT_KEY:
        rl_callback_read_char();
        editor.is_answered = 0;
        break;
      case EVENT_FAILED:
        rl_callback_handler_remove();
        status = CLINE_FAILED;
    }
  }
  events_unwatch();
  editor.is_reading = 0;
  *line = editor.line;
  return status == CLINE_LINE && !editor.line ? CLINE_END : status;
}

void cline_free(char *line) { free(line); }

/* MARK: The terminal */

void cline_write(const char *text) {
  fputs(text, rl_outstream ? rl_outstream : stdout);
  fflush(rl_outstream ? rl_outstream : stdout);
}

void cline_size(int *rows, int *columns) {
  rl_get_screen_size(rows, columns);
  if (*rows < 2) *rows = 24;
  if (*columns < 2) *columns = 80;
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
