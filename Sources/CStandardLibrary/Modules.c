#include "CStandardLibrary.h"

// A directive of C23, which Clang knows in every C.
#pragma clang diagnostic ignored "-Wc23-extensions"

// All modules, ascending by name: whoever adds one adds it here.
static const strat_module modules[] = {
  {"cross_section", (const unsigned char[]){
#embed "../../Stdlib/cross_section.strat"
    , 0}},
  {"macro", (const unsigned char[]){
#embed "../../Stdlib/macro.strat"
    , 0}},
  {"portfolio", (const unsigned char[]){
#embed "../../Stdlib/portfolio.strat"
    , 0}},
  {"rates", (const unsigned char[]){
#embed "../../Stdlib/rates.strat"
    , 0}},
  {"regimes", (const unsigned char[]){
#embed "../../Stdlib/regimes.strat"
    , 0}},
  {"risk", (const unsigned char[]){
#embed "../../Stdlib/risk.strat"
    , 0}},
  {"seasonality", (const unsigned char[]){
#embed "../../Stdlib/seasonality.strat"
    , 0}},
  {"stats", (const unsigned char[]){
#embed "../../Stdlib/stats.strat"
    , 0}},
  {"testing", (const unsigned char[]){
#embed "../../Stdlib/testing.strat"
    , 0}},
  {"trend", (const unsigned char[]){
#embed "../../Stdlib/trend.strat"
    , 0}},
};

const size_t strat_module_count = sizeof modules / sizeof modules[0];

strat_module strat_module_at(size_t place) { return modules[place]; }
