"""What SQLite itself takes to write signals: all of a database, from one table into an empty one of the same schema.

    save.py DATABASE    prints the number of rows and wall milliseconds
"""
import sqlite3
import sys
import time

database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.executescript("pragma synchronous = full; pragma cache_size = -65536")
table, = database.execute("select sql from sqlite_schema where name = 'strategy_signals'").fetchone()
index, = database.execute("select sql from sqlite_schema where name = 'strategy_signals_by_strategy'").fetchone()
database.execute(table.replace("strategy_signals", "written", 1))
database.execute(index.replace("strategy_signals_by_strategy", "written_by_strategy").replace("strategy_signals", "written"))
start = time.perf_counter()
database.execute("begin immediate")
rows = database.execute("insert into written select * from strategy_signals").rowcount
database.execute("commit")
print(rows, (time.perf_counter() - start) * 1e3)
