//! khabar-dates as a shared library.

#![forbid(unsafe_code)]
