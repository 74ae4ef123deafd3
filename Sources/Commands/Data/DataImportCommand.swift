import ArgumentParser
import Databases
import Diagnostics
import Importers
import MarketData
import MarketDatabase
import Reporting

/// `strat data import`: vendors' files into a data folder or a database.
struct DataImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Add vendors' files, or a data folder, to a data folder or a database.",
    discussion: """
      EXAMPLE:
        strat data import downloads/ --into data/mine
        strat data import data/us --into sqlite:us.db
        strat data import data/us --into 'postgres://host/research?dataset=us'

      The format of a file is told from its contents; `strat data formats` lists what is known. Rows are only added: \
      what is there already is passed over, a revision is added with the time of its release, and a row that would \
      change a stored one stops the import before anything is written; --replace gives the stored row its values. Adjusted \
      closes that all differ by one factor are a vendor's newer scale, which is taken over. An import that was broken off \
      is made again.

      Columns are found by their names. What was not understood is said: each column left aside, each file of a folder \
      passed over. ZIP archives are read within; `--dates mdy` or `--dates dmy` says what dates such as 1/2/2024 mean \
      where no date of the file does. Files that no format fits are read as --columns says, or a mapping file:

        strat data import a.csv --columns 'date=Day,close=Last' --skip 1 \\
          --save-mapping vendor.yaml --into data/mine
        strat data import downloads/ --mapping vendor.yaml --into data/mine

      A database takes all of an import or nothing, and holds any number of data sets: ?dataset=NAME names one, the \
      first is meant without it. Its tables are made where there are none. `--data` of any command then takes the \
      same address, and gives the same results as the folder did.
      """)

  @Argument(help: ArgumentHelp("Files, folders of files, or a data folder.", valueName: "path"))
  var paths: [String]

  @Option(help: ArgumentHelp("A data folder, sqlite:PATH or postgres://…", valueName: "target"))
  var into: String

  @Option(help: ArgumentHelp("The format of all files, as `strat data formats` names it.", valueName: "format"))
  var format: String?

  @Option(help: ArgumentHelp("When figures without a release time are known: 45d or 12bd after.", valueName: "lag"))
  var releaseLag: String?

  @Option(help: ArgumentHelp("The ticker, series, curve or universe of a file that names none.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("Which comes first in dates such as 1/2/2024: mdy or dmy.", valueName: "order"))
  var dates: String?

  @OptionGroup var mapping: MappingOptions

  @Flag(help: "Give stored rows the values of rows with their keys.")
  var replace = false

  @Flag(help: "Say what would be added, and write nothing.")
  var dryRun = false

  func run() throws {
    let dateOrder = try asked { () throws(Diagnostic) -> DateOrder? in try order() }
    let columns = try asked { () throws(Diagnostic) -> ColumnMapping? in
      try mapping.mapping(format: format, dates: dateOrder)
    }
    var session = ImportSession(
      format: try asked { () throws(Diagnostic) -> Importer? in try importer() }, mapping: columns,
      options: Importer.Options(
        releaseLag: try asked { () throws(Diagnostic) -> ReleaseLag? in try lag() }, name: name, dateOrder: dateOrder))
    try orFailure { () throws(Diagnostic) -> Void in try session.read(paths) }
    var target = try target()
    var plan: ImportPlan
    do throws(DataLoadingFailure) {
      plan = try ImportPlan(session.tables, into: try target.existing(), replacing: replace)
    } catch {
      for line in session.remarkLines { Console.note(line) }
      throw CommandFailure(.data, error.diagnostics, count: error.count)
    }
    try mapping.keep(columns)
    if !dryRun {
      do throws(DataLoadingFailure) {
        plan = try target.carryOut(plan, of: session.tables, replacing: replace)
      } catch { throw CommandFailure(.data, error.diagnostics, count: error.count) }
    }
    report(session.sources, plan)
    for line in session.remarkLines { Console.note(line) }
  }

  private func orFailure<Result>(_ work: () throws(Diagnostic) -> Result) throws(CommandFailure) -> Result {
    do throws(Diagnostic) { return try work() } catch { throw CommandFailure(.data, [error]) }
  }

  /// What an option says; one that says nothing is wrong usage, and not a problem of the data.
  private func asked<Result>(_ work: () throws(Diagnostic) -> Result) throws(CommandFailure) -> Result {
    do throws(Diagnostic) { return try work() } catch { throw .usage(error) }
  }

  private func importer() throws(Diagnostic) -> Importer? {
    guard let format else { return nil }
    return try Importer.find(format)
  }

  private func lag() throws(Diagnostic) -> ReleaseLag? {
    guard let releaseLag else { return nil }
    guard let lag = ReleaseLag(releaseLag) else { throw .badReleaseLag(releaseLag) }
    return lag
  }

  private func order() throws(Diagnostic) -> DateOrder? {
    guard let dates else { return nil }
    return try DateOrder.named(dates)
  }

  private func target() throws(CommandFailure) -> any ImportTarget {
    if DatabaseLocation.isMeant(by: into) {
      let location = try DataOptions.location(into)
      return try orFailure { () throws(Diagnostic) in try DatabaseTarget(location, isDryRun: dryRun) }
    }
    if into.contains("://") { throw .usage(.unknownSource(DataOptions.withoutSecrets(into))) }
    return try orFailure { () throws(Diagnostic) in try FolderTarget(into, isDryRun: dryRun) }
  }

  private func report(_ sources: [ImportSession.Source], _ plan: ImportPlan) {
    let number = DisplayNumber(Console.output)
    var table = TextTable([.init("source", shrinks: true), .init("format"), .init("rows", .right)])
    for source in sources { table.add([source.path, source.format, number.count(source.rows)]) }
    Console.write(table.lines(Console.output))
    let additions = plan.additions
    for line in additions.lines { Console.note(line) }
    Console.note(
      "\(dryRun ? "would add" : "added") \(rows(additions.count)) to \(DatabaseLocation.shown(into)); "
        + done(additions).joined(separator: ", "))
    if let summary = DefectSummary.line(plan.report) { Console.note(summary) }
    if let notes = DefectSummary.notes(plan.report, besides: .columnsLeftAside) { Console.note(notes) }
  }

  /// What became of the other rows.
  private func done(_ additions: TableAdditions) -> [String] {
    let number = DisplayNumber(Console.output)
    var parts = ["\(number.count(additions.repeated)) \(additions.repeated == 1 ? "was" : "were") there already"]
    if additions.rescaled > 0 { parts.append("\(number.count(additions.rescaled)) rescaled") }
    if additions.replaced > 0 { parts.append("\(number.count(additions.replaced)) replaced") }
    if additions.leftOut > 0 { parts.append("\(number.count(additions.leftOut)) left out") }
    return parts
  }

  private func rows(_ count: Int) -> String {
    "\(DisplayNumber(Console.output).count(count)) \(count == 1 ? "row" : "rows")"
  }
}
