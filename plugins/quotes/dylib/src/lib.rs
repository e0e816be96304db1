//! khabar-quotes as a shared library.

#![forbid(unsafe_code)]
