public import Diagnostics

/// The records of what can be wrong with a batch or a sweep.
public enum ExperimentDiagnostics {
  /// All records of this layer.
  public static let records: [DiagnosticRecord] = [.paramFile, .sweepRange, .sweepSize, .nothingToSweep]
}
