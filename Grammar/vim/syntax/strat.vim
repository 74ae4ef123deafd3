" Vim syntax file of the language Strat.
" Written by Scripts/generate.sh from the records in the sources; edit those.
if exists("b:current_syntax")
  finish
endif

syntax case match

syntax keyword stratDeclaration fn import let param state strategy test var as
syntax keyword stratControl assert at break continue else for if return step while
syntax keyword stratWordOperator and in not or
syntax keyword stratConstant false na none true
syntax keyword stratValue as_of flat hold
syntax keyword stratBuiltin contained above abs adx align all any approx atr below beta between bollinger bottom
syntax keyword stratBuiltin contained business_days cash ceil change choice clamp close contains corr count cov
syntax keyword stratBuiltin contained cov_matrix crossed_above crossed_below cum_max cum_min cum_prod cum_sum curve
syntax keyword stratBuiltin contained curve_history date dates day days_between demean diff drawdown dropna ema
syntax keyword stratBuiltin contained ends_with enumerate equal_weight equity error ewm_mean ewm_std exp fails fill
syntax keyword stratBuiltin contained filter first first_release flatten floor flow format get group_by half_life has
syntax keyword stratBuiltin contained has_price has_series head held_since high highest index_of insert is_month_end
syntax keyword stratBuiltin contained is_na items join keys kurt lag last last_date last_rebalance len log log10
syntax keyword stratBuiltin contained log_change low lower lowest macd macro map map_values max mean median members
syntax keyword stratBuiltin contained merge min month month_end neutralize norm_cdf norm_ppf normal normalize note
syntax keyword stratBuiltin contained number ols on on_dates open partition plot pop pow price print push quantile
syntax keyword stratBuiltin contained quarter_end random range rank rate raw_close reason reduce released remove replace
syntax keyword stratBuiltin contained resample returns reverse revisions round rsi scale series session_offset sessions
syntax keyword stratBuiltin contained sign skew sma sort split sqrt starts_with std stoch string sum tail tanh tickers
syntax keyword stratBuiltin contained top trim unique unrealized upper values variance vintage volatility volume weekday
syntax keyword stratBuiltin contained weight weights where winsorize wma year zip zscore

syntax match stratFunction "\<\h\w*\>\ze\s*(" contains=stratBuiltin
syntax match stratMember "\.\@1<!\.\s*\h\w*" contains=stratDot
syntax match stratMethod "\.\@1<!\.\s*\h\w*\>\ze\s*(" contains=stratDot,stratBuiltin
syntax match stratDot contained "\."

syntax match stratNumber "\<\d[0-9_]*\%(\.\d[0-9_]*\)\?\%([eE][-+]\?\d[0-9_]*\)\?\%(bps\|pct\)\?\>"
syntax match stratDuration "\<\d[0-9_]*\%(d\|w\|mo\|y\|bd\)\>"
syntax match stratDate "\<\d\{4}-\d\+-\d\+\>"

syntax cluster stratExpression contains=stratDeclaration,stratControl,stratWordOperator,stratConstant,stratValue
syntax cluster stratExpression add=stratFunction,stratMember,stratMethod
syntax cluster stratExpression add=stratNumber,stratDuration,stratDate,stratString
syntax match stratEscape contained "\\\%(u{\x\+}\|.\)"
syntax match stratFormat contained ":[^{}\[\]()\"]*\ze}"
syntax region stratBlock contained start="{" end="}" oneline contains=@stratExpression,stratBlock
syntax region stratInterpolation contained matchgroup=stratBrace start="{" end="}" oneline
  \ contains=@stratExpression,stratBlock,stratFormat
syntax region stratString start=+"+ skip=+\\.+ end=+"+ oneline contains=stratEscape,stratInterpolation

syntax match stratComment "#.*$"
syntax match stratDocumentation "##.*$"

highlight default link stratDeclaration Keyword
highlight default link stratControl Statement
highlight default link stratWordOperator Operator
highlight default link stratConstant Constant
highlight default link stratValue Special
highlight default link stratBuiltin Function
highlight default link stratFunction Identifier
highlight default link stratMethod Identifier
highlight default link stratNumber Number
highlight default link stratDuration Number
highlight default link stratDate Number
highlight default link stratString String
highlight default link stratEscape SpecialChar
highlight default link stratFormat SpecialChar
highlight default link stratBrace Delimiter
highlight default link stratComment Comment
highlight default link stratDocumentation SpecialComment

let b:current_syntax = "strat"
