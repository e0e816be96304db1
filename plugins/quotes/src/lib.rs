//! Quotations in Arabic news: who said what, according to whom.

#![forbid(unsafe_code)]
