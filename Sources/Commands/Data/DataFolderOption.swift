import ArgumentParser
import MarketData

/// The data that a `strat data` command looks at: the folder given by place or by `--data`, else the sample.
struct DataFolderOption: ParsableArguments {
  @Argument(help: ArgumentHelp("The data folder; the same as --data.", valueName: "folder"))
  var folder: String?

  @OptionGroup var options: DataOptions

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
