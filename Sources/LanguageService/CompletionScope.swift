public import Interpreter
public import MarketData

/// What is known where a text stands: the names of a session or file, the data, and the commands of a prompt.
///
/// Plain values that are made once and handed to every completion; nothing here is looked up in a file or a database
/// while somebody types, but the names of files themselves.
public struct CompletionScope: Sendable {
  /// The names that the session or file has declared, newest last.
  public var names: [ScopeName] = []
  /// The modules that were imported, by the name they have here.
  public var modules: [ScopeModule] = []
  /// The names of the data.
  public var data = DataNames()
  /// The commands of the prompt; none in a file.
  public var commands: [PromptCommand] = []
  /// The names of the params that a script declares, for commands that set them.
  public var params: [String] = []
  /// The codes of errors and warnings with what each is about, for commands that look them up.
  public var codes: [(code: String, title: String)] = []
  /// Lists a folder, for the names of files.
  public var files: @Sendable (_ folder: String) -> [FolderEntry] = { _ in [] }

  /// A scope of nothing but the language and its library.
  public init() {}
}

/// A name that a session or file declares.
public struct ScopeName: Sendable {
  /// What a name stands for.
  public enum Meaning: Sendable {
    /// A value; of which type, as a signature writes it, where that is known.
    case value(type: String)
    /// A parameter of the script, and its value as it is written.
    case param(value: String)
    /// A value that is kept from one decision to the next.
    case state
    /// A function.
    case function(Signature, documentation: String)
  }

  /// The name.
  public let name: String
  /// What it stands for.
  public let meaning: Meaning

  /// Makes a name.
  public init(_ name: String, _ meaning: Meaning) {
    self.name = name
    self.meaning = meaning
  }
}

/// An imported module.
public struct ScopeModule: Sendable {
  /// The name it has where it is imported.
  public let name: String
  /// Its functions and constants; of a module of the standard library `nil` means that they are known.
  public let members: [ScopeName]?
  /// The module of the standard library that it is.
  public let libraryName: String

  /// A module under a name.
  public init(_ name: String, members: [ScopeName]? = nil, libraryName: String? = nil) {
    self.name = name
    self.members = members
    self.libraryName = libraryName ?? name
  }
}

/// The names of a data set, each kind ascending by bytes.
public struct DataNames: Sendable {
  /// A kind of names.
  public enum Kind: Sendable, CaseIterable {
    case ticker, macro, flow, curve, universe
  }

  /// Tickers.
  public var tickers: [String] = []
  /// Codes of macro series.
  public var macro: [String] = []
  /// Codes of flow and positioning series.
  public var flows: [String] = []
  /// Curves.
  public var curves: [String] = []
  /// Universes.
  public var universes: [String] = []

  /// No names.
  public init() {}

  /// The names of a store.
  public init(_ store: MarketStore) {
    tickers = store.tickerNames
    macro = store.series(.macro).map(\.code)
    flows = store.series(.flow).map(\.code)
    curves = store.curves.map(\.name)
    universes = store.universes.map(\.name)
  }

  subscript(kind: Kind) -> [String] {
    switch kind {
    case .ticker: tickers
    case .macro: macro
    case .flow: flows
    case .curve: curves
    case .universe: universes
    }
  }
}

/// A command of a prompt, such as `:load FILE`.
public struct PromptCommand: Sendable {
  /// What a command takes.
  public enum Argument: Sendable {
    /// Nothing that could be completed.
    case nothing
    /// An expression of the language.
    case expression
    /// A name of the language or library, to be looked up.
    case name
    /// The name of a command or one of further topics.
    case topic([String])
    /// A file or folder.
    case file
    /// The name of any data.
    case data
    /// The code of a series.
    case series
    /// The code of an error or a warning.
    case code
    /// `key=value` of the configuration.
    case setting
    /// `param=value`.
    case param
    /// One of some words.
    case words([String])
  }

  /// The word behind the colon.
  public let name: String
  /// What follows, for people: `FILE`, `[KEY=VALUE]`.
  public let usage: String
  /// What it does, in one line.
  public let meaning: String
  /// What it takes.
  public let argument: Argument
  /// Its flags, with their dashes.
  public let flags: [String]

  /// Makes a command.
  public init(_ name: String, usage: String, meaning: String, argument: Argument, flags: [String] = []) {
    self.name = name
    self.usage = usage
    self.meaning = meaning
    self.argument = argument
    self.flags = flags
  }
}

/// An entry of a folder.
public struct FolderEntry: Sendable {
  /// Its name, without the folder.
  public let name: String
  /// Whether it is a folder.
  public let isFolder: Bool

  /// Makes an entry.
  public init(_ name: String, isFolder: Bool) {
    self.name = name
    self.isFolder = isFolder
  }
}
