//! Numbers, percentages, money, quantities, ranges in Arabic text, with exact values.

#![forbid(unsafe_code)]
