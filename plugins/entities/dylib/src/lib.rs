//! khabar-entities as a shared library.

#![forbid(unsafe_code)]
