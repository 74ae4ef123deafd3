import ArgumentParser
import MarketData

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the program begins: reads the command line, runs the command, and turns its end into an exit status.
public enum Entry {
  /// Runs the command that the arguments (without the program's name) name.
  ///
  /// - Returns: 0 done, 1 the script or run failed, 2 wrong usage, 3 a problem with the data, or the output is not whole.
  public static func run(_ arguments: [String]) -> Int32 {
    StandardStreams.prepare()
    let status = status(of: arguments)
    return Console.end(status).rawValue
  }

  private static func status(of arguments: [String]) -> ExitStatus {
    // Asked for often, by scripts and editors: answered before the command tree is built.
    if arguments == ["--version"] {
      Console.write(Version.text + "\n")
      return .done
    }
    // A file that grows over the user's limit then fails to be written, and is said to; it does not end the program.
    signal(SIGXFSZ, SIG_IGN)
    let status = perform(arguments)
    let problems = CacheFolder.problemsOfUse()
    if problems.isEmpty { return status }
    Console.report(problems)
    return .data
  }

  private static func perform(_ arguments: [String]) -> ExitStatus {
    if let problem = UnknownCommand.problem(arguments) {
      CommandFailure.usage(problem).report()
      return .usage
    }
    do {
      var command = try Strat.parseAsRoot(arguments)
      try command.run()
      return .done
    } catch let failure as CommandFailure {
      failure.report()
      return failure.status
    } catch let end as CommandEnd {
      return end.status
    } catch {
      return finish(error)
    }
  }

  private static func finish(_ error: any Error) -> ExitStatus {
    let message = Strat.fullMessage(for: error)
    if Strat.exitCode(for: error) == .success {
      Console.write(message + "\n")
      return .done
    }
    Console.note(message)
    return .usage
  }
}

/// The end of a command that has said all there is to say and did not succeed.
struct CommandEnd: Error {
  let status: ExitStatus
}
