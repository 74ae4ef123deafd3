import ArgumentParser
import Diagnostics
import Importers
import MarketData

/// The options that say which columns of a file stand for which fields, where no format fits.
struct MappingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Which column each field is read from: 'date=Date,ticker=Name,close=Last'.", valueName: "list"))
  var columns: String?

  @Option(help: ArgumentHelp("With --columns: how many lines stand before the header.", valueName: "lines"))
  var skip: Int?

  @Option(help: ArgumentHelp("With --columns: prices, series, flows, curves, universes or actions.", valueName: "kind"))
  var kind: String?

  @Option(help: ArgumentHelp("A YAML file that says what --columns does.", valueName: "file"))
  var mapping: String?

  @Option(help: ArgumentHelp("With --columns: keep it as a file for --mapping.", valueName: "file"))
  var saveMapping: String?

  /// The mapping; `nil` where columns are found by the formats.
  func mapping(format: String?, dates: DateOrder?) throws(Diagnostic) -> ColumnMapping? {
    try ColumnMapping.Asked(
      columns: columns, skip: skip, kind: kind, file: mapping, isKept: saveMapping != nil, format: format
    ).mapping(dates: dates)
  }

  /// Keeps a mapping where that was asked for; never over another file.
  func keep(_ mapping: ColumnMapping?) throws(CommandFailure) {
    guard let saveMapping, let mapping else { return }
    if let kept = try? ColumnMapping(file: saveMapping), kept == mapping { return }
    try NewFile.write(String(decoding: mapping.file, as: UTF8.self), to: saveMapping)
  }
}
