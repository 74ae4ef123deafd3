#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// One measurement a call, as `Scripts/bench.sh` makes them:
//   benchmarks script FILE     CPU milliseconds of the script's first test
//   benchmarks load FOLDER     CPU milliseconds and peak megabytes of loading a data folder
//   benchmarks start PROGRAM   wall milliseconds of `PROGRAM --version`, the median of 40
let arguments = CommandLine.arguments
guard arguments.count == 3 else {
  print("usage: benchmarks script FILE | load FOLDER | start PROGRAM")
  exit(2)
}
switch arguments[1] {
case "script": print(ScriptMeasurement.milliseconds(arguments[2]))
case "load": print(LoadMeasurement.text(arguments[2]))
case "start": print(StartMeasurement.milliseconds(arguments[2]))
default: exit(2)
}
