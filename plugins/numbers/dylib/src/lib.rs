//! khabar-numbers as a shared library.

#![forbid(unsafe_code)]
