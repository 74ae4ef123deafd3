import Backtest
import Databases
import Diagnostics
import Experiments
import Importers
import Interpreter
import MarketData
import MarketDatabase
import REPL
import Scripting
import Syntax

/// The diagnostics of all layers.
enum Catalog {
  /// Every record, in order of code.
  static let all = DiagnosticCatalog(
    SyntaxDiagnostics.records, RuntimeDiagnostics.records, NameDiagnostics.records,
    CheckerDiagnostics.records, DataDiagnostics.records,
    EngineDiagnostics.records, PrimitiveDiagnostics.records, ExperimentDiagnostics.records,
    CommandDiagnostics.records, PromptDiagnostics.records, HistoryDiagnostics.records, DatabaseDiagnostics.records,
    StoreDiagnostics.records, ImportDiagnostics.records, MarketDatabaseDiagnostics.records)
}
