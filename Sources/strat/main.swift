import Commands

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

exit(Entry.run(Array(CommandLine.arguments.dropFirst())))
