"""Writes hostile scripts that are too large to keep: NAME, CODES and the text of each, into a folder.

    python3 large.py FOLDER
"""
import os
import random
import sys

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)


def write(name, codes, data):
    if isinstance(data, str):
        data = data.encode()
    with open(os.path.join(folder, name + ".strat"), "wb") as file:
        file.write(data)
        file.write(("\n# ends: " + codes + "\n").encode())


million = 1_000_000
write("a_line_of_ten_megabytes", "E0201", "let x = " + "a" * 10 * million)
write("a_comment_of_ten_megabytes", "E0201", "# " + "spam " * 2 * million + "\nlet x = y")
write("a_string_of_ten_megabytes", "E0201", 'let x = y + "' + "s" * 10 * million + '"')
write("an_open_string_of_ten_megabytes", "E0104", 'let x = "' + "s" * 10 * million)
write("a_number_of_ten_megabytes", "E0102", "let x = " + "9" * 10 * million)
write("escapes_without_end", "E0104", 'let x = "' + "\\q" * million)
write("parentheses", "E0108", "let x = " + "(" * 5 * million)
write("brackets", "E0108", "let x = " + "[" * 5 * million)
write("braces", "E0108 E0107", "fn f() " + "{" * 5 * million)
write("mixed_brackets", "E0108", "let x = " + "([" * 2 * million)
write("closing_parentheses", "E0105", "let x = 1" + ")" * 5 * million)
write("minus_signs", "E0108", "let x = " + "-" * 5 * million + "1")
write("nots", "E0108", "let x = " + "not " * million + "true")
write("a_sum_of_many", "E0108", "let x = " + "1 + " * million + "1")
write("powers", "E0108", "let x = " + "2 ** " * million + "1")
write("coalescing", "E0108", "let x = " + "na ?? " * million + "1")
write("ands", "E0108", "let x = " + "true and " * million + "true")
write("members", "E0108", "let x = a" + ".b" * million)
write("calls", "E0108", "let x = f" + "()" * million)
write("indices", "E0108", "let x = f" + "[0]" * million)
write("lambdas", "E0108", "let x = " + "a -> " * million + "1")
write("else_ifs", "E0108", "fn f(n) = " + "if n > 1 { 1 } else " * 300_000 + "{ 2 }")
write("blocks_in_blocks", "E0108", "fn f(n) { " + "if n > 1 { " * 300_000)
write("interpolations_in_interpolations", "E0104 E0108 E0105", "let x = " + '"{' * million)
write("commas", "E0105 E0112", "let x = [1" + "," * 5 * million)
write("a_list_of_many", "E0112", "let x = [" + "1, " * 2 * million + "y]")
write("a_map_of_many", "E0112", "let x = [" + '"a": 1, ' * million + '"b": y]')
write("many_declarations", "E0112", "".join(f"let a{i} = {i}\n" for i in range(200_000)) + "let b = c")
write("many_functions", "E0112", "".join(f"fn f{i}(n) = n + {i}\n" for i in range(100_000)) + "let b = c")
write("many_parameters", "E0201", "fn f(" + ", ".join(f"p{i}" for i in range(100_000)) + ") = q")
write("many_locals", "E0112", "fn f() {\n" + "".join(f"  let a{i} = {i}\n" for i in range(100_000)) + "  b\n}")
write("many_errors", "E0201", "let a = b\n" * 200_000)
write("many_duplicates", "E0202 E0112", "let a = 1\n" * 200_000)
write("many_imports", "E0208", "".join(f"import nothing{i}\n" for i in range(20_000)))
write("many_semicolons", "E0112", "fn f() { " + ";" * 5 * million + " y }")
write("many_newlines", "E0201", "\n" * 10 * million + "let x = y")
write("many_zero_bytes", "E0904", b"\0" * 10 * million)
write("noise", "E0904", random.Random(1).randbytes(2 * million))
write("noise_of_symbols", "E0105 E0107 E0108 E0106 E0104", "".join(random.Random(2).choices('(){}[]"+-*/<>=!,.:;#a1 \n', k=million)))
write("noise_of_words", "E0105 E0107 E0108 E0106", " ".join(random.Random(3).choices("fn let if else for in 1 a ( ) { } = -> not and or while return test".split(), k=300_000)))
