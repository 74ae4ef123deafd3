import ArgumentParser

/// The command line: one word for each command, each in a file of its own.
struct Strat: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strat",
    abstract: "Write trading strategies in a small language and run them on point-in-time data.",
    discussion: """
      EXAMPLE:
        strat run Scripts/sma_cross.strat

      Results are written to standard output, messages to standard error. Exit status: 0 done, 1 the script or its run \
      failed, 2 wrong usage, 3 a problem with the data, or the output could not be written.
      """,
    version: Version.text,
    subcommands: [
      RunCommand.self, BatchCommand.self, SweepCommand.self, CheckCommand.self, TestCommand.self, FormatCommand.self,
      SignalsCommand.self, DataCommand.self, ReplCommand.self, ResultsCommand.self, DatabaseCommand.self,
      NewCommand.self, ExplainCommand.self, DocCommand.self,
    ])
}
