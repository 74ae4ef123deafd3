// The system's own implementation, which uses the processor's instructions for it.
#if canImport(CryptoKit)
  import CryptoKit

  /// An unfinished SHA-256.
  struct HashState: ~Copyable {
    private var hash = SHA256()

    mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

    consuming func digest() -> [UInt8] { Array(hash.finalize()) }
  }
#else
  import CCrypto

  /// An unfinished SHA-256.
  struct HashState: ~Copyable {
    private let context: OpaquePointer

    init() {
      HashState.prepare
      guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
        preconditionFailure("libcrypto has no SHA-256")
      }
      self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
      let status = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
      precondition(status == 1, "libcrypto adds to no digest")
    }

    consuming func digest() -> [UInt8] {
      [UInt8](unsafeUninitializedCapacity: 32) { memory, count in
        let status = EVP_DigestFinal_ex(context, memory.baseAddress, nil)
        precondition(status == 1, "libcrypto ends no digest")
        count = 32
      }
    }

    /// The library would else read the machine's settings, which have nothing to do with us, and tidy up at the end of
    /// the process, when other threads may still run.
    private static let prepare: Void = {
      OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG) | UInt64(OPENSSL_INIT_NO_ATEXIT), nil)
    }()
  }
#endif
