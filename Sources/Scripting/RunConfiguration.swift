public import Backtest
public import Diagnostics
public import MarketData

/// The one way from a script's block, flags and settings to the configuration of a run.
extension StrategyBlock {
  /// A value given beside the block: its key, its text, and how it was given.
  public typealias Given = (key: String, text: String)

  /// Why there is no configuration, and who asked for what cannot be.
  public struct Refusal: Error {
    /// Who is to blame.
    public enum Culprit: Sendable {
      /// The block alone is refused as well.
      case block
      /// The block alone would do.
      case flags
      /// Nothing was asked for.
      case data
    }

    /// What is wrong; with a place in the block, where that is to blame.
    public var diagnostic: Diagnostic
    /// Who asked for it.
    public let culprit: Culprit
  }

  /// The block, then settings of a prompt, then flags, each overriding what stands before; not yet checked against data.
  public func draft(settings: [Given] = [], flags: [Given] = []) throws(Refusal) -> ConfigDraft {
    var draft = ConfigDraft()
    do throws(Diagnostic) {
      for entry in entries { try draft.set(entry.key, entry.value, from: .block(entry.location)) }
    } catch { throw Refusal(diagnostic: error, culprit: .block) }
    do throws(Diagnostic) {
      for (key, text) in settings { try draft.set(flag: key, text, from: .setting) }
      for (key, text) in flags { try draft.set(flag: key, text, from: .flag) }
    } catch { throw Refusal(diagnostic: error, culprit: .flags) }
    return draft
  }

  /// The configuration of a run, checked against the data. What the block asks for has its place there.
  public func config(
    settings: [Given] = [], flags: [Given] = [], on store: MarketStore
  ) throws(Refusal) -> BacktestConfig {
    let draft = try draft(settings: settings, flags: flags)
    do throws(Diagnostic) { return try draft.resolve(store) } catch {
      if (try? self.draft().resolve(store)) != nil { throw Refusal(diagnostic: error, culprit: .flags) }
      var located = error
      located.location = located.location ?? entry(of: error)?.location
      throw Refusal(diagnostic: located, culprit: entries.isEmpty ? .data : .block)
    }
  }

  /// The entry that a diagnostic is about: of the first of its keys that the block has, the last.
  private func entry(of problem: Diagnostic) -> (key: String, value: ConfigValue, location: Location)? {
    for subject in problem.subjects where subject.kind == .configKey {
      if let found = entries.last(where: { ConfigKey.named($0.key)?.name == subject.name }) { return found }
    }
    return nil
  }
}
