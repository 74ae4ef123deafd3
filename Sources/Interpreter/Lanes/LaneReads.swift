import MarketModel

/// What calls that read data gave in each lane, kept for further runs of the same program on the same data: a sweep reads
/// the same prices at the same dates in each of its trials.
struct LaneReads {
  /// A call with its arguments, at some dates.
  struct Key: Hashable {
    private let site: Int32
    private let arguments: [Argument]
    private let days: [Day]

    /// Values are told apart by their bits, strings by their text: their memory is used again.
    private enum Argument: Hashable {
      case bits(UInt64)
      case text(String)
    }

    /// `nil` where an argument is an object other than a string, or not the same in all lanes.
    init?(_ site: Int32, _ arguments: [LaneValue], _ days: [Day]) {
      self.site = site
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
  struct Read {
    var ends: [Int]
    var scales: [Double]
    var isFresh: [Bool]
    var watermarks: [KnowledgeTime?]
  }

  private var reads: [Key: Read] = [:]
  /// Beyond so many, what is kept is forgotten: about 16 MB.
  private static let most = 1 << 11

  subscript(_ key: Key) -> Read? {
    get { reads[key] }
    set {
      if reads.count >= LaneReads.most { reads.removeAll() }
      reads[key] = newValue
    }
  }

  mutating func forget() { reads.removeAll() }
}
