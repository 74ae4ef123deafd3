#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// One measurement a call, as `Scripts/bench.sh` makes them:
//   benchmarks script FILE     CPU milliseconds of the script's first test
//   benchmarks load FOLDER     CPU milliseconds and peak megabytes of loading a data folder
//   benchmarks open FOLDER CACHE   the same from a cache folder, where an earlier call has put it
//   benchmarks generate FOLDER TICKERS SESSIONS   writes a data folder and prints its megabytes
//   benchmarks start PROGRAM   wall milliseconds of `PROGRAM --version`, the median of 40
//   benchmarks peak PROGRAM WORD…   CPU milliseconds and peak megabytes of a run of the program
//   benchmarks save DATABASE [ROWS]   signals saved and wall milliseconds of the save
//   benchmarks sweep SCRIPT FOLDER WORKERS   CPU milliseconds of a sweep over a script's domains, and the mean multiple
//   benchmarks batch COUNT WORKERS            CPU milliseconds of so many scripts, scripts a second, megabytes
let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  print(
    """
    usage: benchmarks script FILE | load FOLDER | open FOLDER CACHE | generate FOLDER TICKERS SESSIONS | start PROGRAM
      | peak PROGRAM WORD… | save DATABASE [ROWS] | sweep SCRIPT FOLDER WORKERS | batch COUNT WORKERS
    """)
  exit(2)
}
let rest = arguments.dropFirst(3).map { Int($0) ?? 0 }
switch arguments[1] {
case "script": print(ScriptMeasurement.milliseconds(arguments[2]))
case "load": print(LoadMeasurement.text(arguments[2]))
case "open" where arguments.count == 4: print(LoadMeasurement.text(arguments[2], cache: arguments[3]))
case "generate" where rest.count == 2:
  print(GeneratedFolder.write(arguments[2], tickers: rest[0], sessions: rest[1]))
case "sweep" where rest.count == 2: print(SweepMeasurement.text(arguments[2], arguments[3], workers: rest[1]))
case "batch": print(BatchMeasurement.text(Int(arguments[2]) ?? 1, workers: rest.first ?? 1))
case "start": print(ProgramMeasurement.start(arguments[2]))
case "peak": print(ProgramMeasurement.peak(Array(arguments.dropFirst(2))))
case "save": print(SaveMeasurement.text(arguments[2], rows: arguments.count == 4 ? Int(arguments[3]) : nil))
default: exit(2)
}
