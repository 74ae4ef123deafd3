import Diagnostics
import FileSystem
import Interpreter
import Syntax

/// The data folders that tests name: they lie where the modules may lie that a script imports, and nowhere else. A test
/// of somebody else's reads no data of the user's, whose rows it could print.
extension ScriptLoader {
  /// What is wrong with the places that the tests of a script name.
  func problemsOfTestData(in graph: ModuleGraph) -> [Diagnostic] {
    graph.script.unit.declarations.compactMap { declaration in
      guard case .test(let test) = declaration, let folder = test.folder else { return nil }
      return problem(with: folder, in: graph.script.unit.file)
    }
  }

  /// The data of the folder that a test names. What is wrong with them is told with the place that names them.
  func testData<Data>(
    _ folder: Name, in file: SourceFile, _ open: (String) throws(Diagnostic) -> Data
  ) throws(Diagnostic) -> Data {
    let path = try testDataPath(folder, in: file)
    do throws(Diagnostic) { return try open(path) } catch {
      var problem = error
      let place = Location.source(file, folder.span)
      if problem.location == nil {
        problem.location = place
      } else {
        problem.notes.append(Note("a test names these data", at: place))
      }
      throw problem
    }
  }

  private func testDataPath(_ folder: Name, in file: SourceFile) throws(Diagnostic) -> String {
    if let problem = problem(with: folder, in: file) { throw problem }
    let path = Paths.join(self.folder, folder.text)
    // Links within the folder lead out of it as well as the folder itself.
    if let found = try? FolderWalk.files(below: path),
      let leaving = found.first(where: { file in Paths.resolved(file.path).map { !isAllowed($0) } ?? false })
    {
      throw .testDataOutside(leaving.path, at: .source(file, folder.span))
    }
    return path
  }

  private func problem(with folder: Name, in file: SourceFile) -> Diagnostic? {
    guard case .outside = confined(folder.text, in: self.folder) else { return nil }
    return .testDataOutside(folder.text, at: .source(file, folder.span))
  }
}

extension DiagnosticRecord {
  static let testDataOutside = DiagnosticRecord(
    "E0784", "test data outside of the script's folder",
    explanation:
      "The data folder of a test lies in the script's folder, or in a folder of `--path`, whatever links and dots name "
      + "it: a script of somebody else's reads nothing else of yours. Put the folder beside the script, or allow it.",
    bad: "test \"prices\" with \"../data\" { assert true }", good: "test \"prices\" { assert true }")
}

extension Diagnostic {
  static func testDataOutside(_ path: String, at place: Location) -> Diagnostic {
    Diagnostic(
      .testDataOutside, "the test data \"\(path)\" lie outside of the script's folder", at: place,
      notes: [Note("`--path FOLDER` allows another folder")])
  }
}
