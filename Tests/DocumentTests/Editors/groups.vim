" Writes the syntax group at each position of $STRAT_POSITIONS (path, line and column, parted by tabs) to $STRAT_GROUPS.
let s:groups = []
let s:open = ""
for s:entry in readfile($STRAT_POSITIONS)
  let [s:path, s:line, s:column] = split(s:entry, "\t")
  if s:path !=# s:open
    execute "silent edit " . fnameescape(s:path)
    let s:open = s:path
  endif
  call add(s:groups, &filetype . " " . synIDattr(synID(s:line, s:column, 1), "name"))
endfor
call writefile(s:groups, $STRAT_GROUPS)
qall!
