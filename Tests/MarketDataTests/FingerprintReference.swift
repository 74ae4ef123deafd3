import Codecs

/// The hash of fingerprint lines, spelled out by a test.
enum FingerprintReference {
  static func sha256(_ text: String) -> String { ContentHash.hex(of: Array(text.utf8)) }
}
