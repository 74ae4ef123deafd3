/// A folder of data files: prices, series, curves, flows, universes, actions, and an optional `dataset.yaml`.
public struct DataFolder: Sendable {
  /// The path as given.
  public let path: String

  /// Names a folder; nothing is read yet.
  public init(_ path: String) { self.path = path }

  /// How to load.
  public struct Options: Sendable {
    /// The release lag of macro series without release times (`--release-lag`).
    public var releaseLag: ReleaseLag?
    /// Whether defects are errors.
    public var strict = false

    /// Options.
    public init(releaseLag: ReleaseLag? = nil, strict: Bool = false) {
      self.releaseLag = releaseLag
      self.strict = strict
    }
  }

  /// Reads and checks all files.
  public func load(_ options: Options = Options()) throws(DataLoadingFailure) -> LoadedData {
    throw DataLoadingFailure(diagnostics: [], count: 0)
  }
}
