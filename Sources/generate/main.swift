import Commands
import Documentation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Writes the generated documents below the folder named, the root of the repository.
guard CommandLine.arguments.count == 2 else {
  print("usage: generate ROOT")
  exit(2)
}
for document in GeneratedDocuments.all {
  let path = CommandLine.arguments[1] + "/" + document.path
  guard let file = fopen(path, "w"), fputs(document.text, file) >= 0, fclose(file) == 0 else {
    perror(path)
    exit(1)
  }
  print("wrote \(document.path)")
}
