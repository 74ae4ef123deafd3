#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// One measurement a call, as `Scripts/bench.sh` makes them:
//   benchmarks script FILE     CPU milliseconds of the script's first test
//   benchmarks load FOLDER     CPU milliseconds and peak megabytes of loading a data folder
//   benchmarks start PROGRAM   wall milliseconds of `PROGRAM --version`, the median of 40
//   benchmarks save DATABASE [ROWS]   signals saved and wall milliseconds of the save
let arguments = CommandLine.arguments
guard arguments.count == 3 || arguments.count == 4 && arguments[1] == "save" else {
  print("usage: benchmarks script FILE | load FOLDER | start PROGRAM | save DATABASE [ROWS]")
  exit(2)
}
switch arguments[1] {
case "script": print(ScriptMeasurement.milliseconds(arguments[2]))
case "load": print(LoadMeasurement.text(arguments[2]))
case "start": print(StartMeasurement.milliseconds(arguments[2]))
case "save": print(SaveMeasurement.text(arguments[2], rows: arguments.count == 4 ? Int(arguments[3]) : nil))
default: exit(2)
}
