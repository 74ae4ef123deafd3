// The texts of the library's modules, as they stand in `Stdlib`: put into the program by the C compiler, which takes a
// moment for what takes the Swift compiler a minute.
#ifndef C_STANDARD_LIBRARY_H
#define C_STANDARD_LIBRARY_H

#include <stddef.h>

/// A module: its name and its text.
typedef struct {
  const char *_Nonnull name;
  /// UTF-8, with a zero byte behind it.
  const unsigned char *_Nonnull text;
} strat_module;

/// How many modules there are.
extern const size_t strat_module_count;

/// The module at a place below `strat_module_count`, ascending by name.
strat_module strat_module_at(size_t place);

#endif
