" Files of the language Strat, by name or by their first line.
autocmd BufNewFile,BufRead *.strat setfiletype strat
autocmd BufNewFile,BufRead * if !did_filetype() && getline(1) =~# '^#!.*\<strat\>' | setfiletype strat | endif
