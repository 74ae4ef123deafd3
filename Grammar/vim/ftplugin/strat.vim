" Settings of the language Strat: two blanks, `#` comments, and the formatter behind `gq`.
if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal expandtab shiftwidth=2 softtabstop=2 textwidth=100
setlocal comments=:##,:# commentstring=#\ %s formatoptions-=t formatoptions+=croql
setlocal iskeyword=@,48-57,_
setlocal suffixesadd=.strat include=^\\s*import\\s\\+\"\\?
if executable("strat")
  setlocal formatprg=strat\ fmt\ -
  setlocal makeprg=strat\ check\ %
endif
setlocal errorformat=%E%trror[%.%#]:\ %m,%W%tarning[%.%#]:\ %m,%C\ %#-->\ %f:%l:%c,%-C%.%#

let b:undo_ftplugin = "setlocal expandtab< shiftwidth< softtabstop< textwidth< comments< commentstring< formatoptions<"
      \ . " iskeyword< suffixesadd< include< formatprg< makeprg< errorformat<"
