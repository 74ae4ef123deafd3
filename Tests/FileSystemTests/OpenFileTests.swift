import Foundation
import Testing

@testable import FileSystem

/// What is no file is refused at once, whatever name it has.
@Suite struct OpenFileTests {
  @Test func aNamedPipeIsNotWaitedFor() throws {
    let folder = try Scratch()
    #expect(mkfifo(folder.path + "/p", 0o600) == 0)
    #expect(problem(folder.path + "/p")?.hasPrefix("it is a pipe") == true)
    #expect(problem(folder.path + "/p", .fileOrGivenPipe)?.hasPrefix("it is a pipe") == true)
  }

  @Test(arguments: ["/dev/zero", "/dev/null", "/dev/tty"]) func aDeviceIsRefused(_ path: String) throws {
    let folder = try Scratch()
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: path)
    #expect(problem(folder.path + "/link") == "it is a device, not a file")
  }

  @Test func aFolderAndNothingAreRefused() throws {
    let folder = try Scratch()
    #expect(problem(folder.path) == "it is a folder")
    #expect(problem(folder.path + "/none") == "No such file or directory")
    #expect(problem(folder.path + "\0/none") == "its name has a zero byte")
  }

  @Test func aSocketIsRefused() throws {
    let folder = try Scratch()
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array((folder.path + "/s").utf8)
    try #require(path.count < 100)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path + [0]) }
    let isBound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    try #require(isBound)
    #expect(problem(folder.path + "/s") == "it is a socket, not a file")
  }

  @Test func moreThanTheLimitIsNotRead() throws {
    let folder = try Scratch()
    folder.write("a", [UInt8](repeating: 0x41, count: 3 << 20))
    #expect(throws: FileFailure("it is larger than 2 MiB")) { try OpenFile.contents(folder.path + "/a", upTo: 2 << 20) }
    #expect(try OpenFile.contents(folder.path + "/a", upTo: 3 << 20).count == 3 << 20)
    #expect(try OpenFile.beginning(folder.path + "/a", count: 5) == Array("AAAAA".utf8))
  }

  private func problem(_ path: String, _ source: OpenFile.Source = .file) -> String? {
    do throws(FileFailure) { _ = try OpenFile(path, source) } catch { return error.text }
    return nil
  }
}

/// A folder that is gone when the test ends.
final class Scratch {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "strat-files-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: [UInt8]) {
    let url = URL(fileURLWithPath: path + "/" + name)
    try? FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? Data(bytes).write(to: url)
  }

  func text(_ name: String) -> String? { try? String(contentsOfFile: path + "/" + name, encoding: .utf8) }
}
