import Codecs
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Compares the chunks of a cache file with their checksums, on all cores where the file is large.
enum ChunkCheck {
  private static let chunksForThreads = 32

  /// Whether every chunk of the payload has the checksum in the table.
  static func allMatch(_ bytes: UnsafeRawBufferPointer, payload: Range<Int>, table: UnsafeRawBufferPointer) -> Bool {
    let chunks = table.count / 8
    let work = Work(bytes: bytes, payload: payload, table: table, chunks: chunks)
    if chunks >= chunksForThreads { work.onThreads(max(1, min(8, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))) }
    work.run()
    return work.isGood
  }
}

/// Chunks to be checked; each thread takes the next.
private final class Work: Sendable {
  // The bytes live until `allMatch` returns, which waits for all threads.
  nonisolated(unsafe) private let bytes: UnsafeRawBufferPointer
  nonisolated(unsafe) private let table: UnsafeRawBufferPointer
  private let payload: Range<Int>
  private let chunks: Int
  private let next = Atomic(0)
  private let bad = Atomic(0)

  init(bytes: UnsafeRawBufferPointer, payload: Range<Int>, table: UnsafeRawBufferPointer, chunks: Int) {
    self.bytes = bytes
    self.table = table
    self.payload = payload
    self.chunks = chunks
  }

  var isGood: Bool { bad.load(ordering: .acquiring) == 0 }

  func run() {
    while true {
      let chunk = next.add(1, ordering: .relaxed).oldValue
      if chunk >= chunks { return }
      let start = payload.lowerBound + chunk * CacheFormat.chunk
      let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<min(payload.upperBound, start + CacheFormat.chunk)])
      let expected = table.loadUnaligned(fromByteOffset: 8 * chunk, as: UInt64.self)
      if BlockChecksum.of(piece, seed: UInt64(chunk)) != expected {
        bad.add(1, ordering: .releasing)
        next.store(chunks, ordering: .relaxed)
      }
    }
  }

  /// Runs on this and `count - 1` other threads, and waits for those; where one cannot be had, the rest do its work.
  func onThreads(_ count: Int) {
    var threads: [pthread_t] = []
    for _ in 1..<max(1, count) {
      #if canImport(Glibc)
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, Work.body, Unmanaged.passRetained(self).toOpaque())
        if status == 0 { threads.append(thread) } else { Unmanaged.passUnretained(self).release() }
      #else
        var thread: pthread_t?
        let status = pthread_create(&thread, nil, Work.body, Unmanaged.passRetained(self).toOpaque())
        if status == 0, let thread { threads.append(thread) } else { Unmanaged.passUnretained(self).release() }
      #endif
    }
    run()
    for thread in threads { pthread_join(thread, nil) }
  }

  #if canImport(Glibc)
    private static let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
      if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run() }
      return nil
    }
  #else
    private static let body: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = { argument in
      Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
      return nil
    }
  #endif
}
