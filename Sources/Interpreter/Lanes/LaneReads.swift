import MarketModel

/// What calls that read data gave in each lane, kept for all runs on the same data: the trials of a sweep and the scripts
/// of a batch read the same prices at the same dates.
struct LaneReads: Sendable {
  /// A call with its arguments, at some dates.
  struct Key: Hashable, Sendable {
    private let function: String
    private let scope: String
    private let arguments: [Argument]
    private let days: [Day]

    /// Values are told apart by their bits, strings by their text: their memory is used again.
    private enum Argument: Hashable, Sendable {
      case bits(UInt64)
      case text(String)
    }

    /// `nil` where an argument is an object other than a string, or not the same in all lanes.
    ///
    /// - Parameter scope: what else a read depends on.
    init?(_ function: String, _ arguments: [LaneValue], _ days: [Day], scope: String) {
      self.function = function
      self.scope = scope
      self.days = days
      var known: [Argument] = []
      for argument in arguments {
        guard case .same(let value) = argument else { return nil }
        if let string = value.string {
          known.append(.text(string.text))
        } else if !value.isObject {
          known.append(.bits(value.bits))
        } else {
          return nil
        }
      }
      self.arguments = known
    }
  }

  /// What is known of a call without making its series.
  struct Read: Sendable {
    let ends: [Int]
    let scales: [Double]
    let isFresh: [Bool]
    let watermarks: [KnowledgeTime?]
  }

  private var reads: [Key: Read] = [:]
  /// Beyond so many, what is kept is forgotten: about 17 MB.
  private static let most = 1 << 10

  subscript(_ key: Key) -> Read? {
    get { reads[key] }
    set {
      if reads.count >= LaneReads.most { reads.removeAll() }
      reads[key] = newValue
    }
  }
}
