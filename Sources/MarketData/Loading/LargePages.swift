#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Large pages for large memory: the first touch of each page costs a trip to the system.
enum LargePages {
  /// The size of a large page.
  static let size = 1 << 21

  /// Asks for large pages for memory that has not been touched; nothing comes of it where there are none.
  static func advise(_ memory: UnsafeMutableRawPointer?, _ count: Int) {
    #if os(Linux)
      guard let memory else { return }
      // Whole pages, or the system would give pages beyond the memory.
      let start = memory.alignedUp(toMultipleOf: size)
      let end = (memory + count).alignedDown(toMultipleOf: size)
      if start < end { madvise(start, end - start, MADV_HUGEPAGE) }
    #endif
  }
}
