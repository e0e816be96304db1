//! People, titles, organisations and places in Arabic text.

#![forbid(unsafe_code)]
