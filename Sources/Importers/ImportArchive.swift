import Codecs
import Diagnostics
import MarketData

/// A ZIP archive as a folder of files to import, read within, one file in memory at a time.
struct ImportArchive {
  /// What a file of the archive is.
  enum Content {
    case text([UInt8])
    case passedOver(String)
  }

  private let archive: ZipArchive
  private let path: String

  /// Opens an archive; a workbook, which is one too, is said to be no data file.
  init(_ path: String) throws(Diagnostic) {
    self.path = path
    do throws(ZipArchive.Failure) {
      archive = try ZipArchive(try ImportArchive.bytes(path))
    } catch { throw .damagedArchive(path, ImportArchive.reason(error)) }
    if FileNature.isWorkbook(archive) { throw .notADataFile(path, FileNature.workbook) }
  }

  private static func bytes(_ path: String) throws(ZipArchive.Failure) -> [UInt8] {
    do throws(Diagnostic) { return try FileText.contents(path) } catch { throw .truncated }
  }

  /// The files in ascending order of their names, without those that systems add.
  var entries: [ZipArchive.Entry] {
    archive.entries.filter { entry in
      let name = entry.name.split(separator: "/").last ?? ""
      return !entry.name.hasSuffix("/") && !name.hasPrefix(".") && !entry.name.hasPrefix("__MACOSX/")
    }
    .sorted { $0.name < $1.name }
  }

  /// The text of a file, or why it is passed over.
  func content(of entry: ZipArchive.Entry) -> Content {
    do {
      switch FileNature(try archive.beginning(of: entry), name: entry.name) {
      case .text, .gzip: break
      case .archive: return .passedOver("an archive within an archive: unpack it and import its files")
      case .parquet, .arrow, .database:
        return .passedOver("a file for `duckdb` within an archive: unpack it and import it by itself")
      case .foreign(let reason): return .passedOver(reason)
      }
      let bytes = try archive.contents(of: entry)
      return .text(try FileText.text(of: bytes, path + "/" + entry.name))
    } catch let failure as ZipArchive.Failure {
      return .passedOver(ImportArchive.reason(failure))
    } catch let problem as Diagnostic {
      return .passedOver(problem.message)
    } catch { return .passedOver("\(error)") }
  }

  /// Why something cannot be read, in words.
  private static func reason(_ failure: ZipArchive.Failure) -> String {
    switch failure {
    case .truncated: "it ends too early: fetch it again"
    case .damaged: "it is damaged: fetch it again"
    case .encrypted: "it needs a password: unpack it and import the files"
    case .method(let number):
      "it is packed by method \(number), which is not known here: unpack it and import the files"
    case .zip64: "it is of the form for more than 4 GB (zip64): unpack it and import the files"
    case .growsTooMuch: "it would unpack to more than \(GzipStream.mostGrowth) times its size, which no table does"
    case .tooLarge: "it would unpack to more than 4 GB: unpack it and import the files"
    }
  }
}
