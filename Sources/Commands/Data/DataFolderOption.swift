import ArgumentParser
import MarketData

/// The data that a `strat data` command looks at: those given by place or by `--data`, else the sample.
struct DataFolderOption: ParsableArguments {
  @Argument(help: ArgumentHelp("A data folder or a database; the same as --data.", valueName: "data"))
  var folder: String?

  @OptionGroup var options: DataOptions

  /// The place of the data as given; `nil` for the sample.
  var place: String? { options.data ?? folder }

  /// Loads the data set, with what was found odd in it.
  ///
  /// - Parameter listsDefects: whether every defect is wanted, and not their counts alone.
  func load(listsDefects: Bool = false) throws(CommandFailure) -> DataSet {
    var options = options
    options.listsDefects = listsDefects
    if options.data == nil { options.data = folder }
    return try options.dataSet()
  }
}
