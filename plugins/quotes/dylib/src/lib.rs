//! khabar-quotes as a shared library.

#![forbid(unsafe_code)]

khabar_abi::export!(khabar_quotes::Quotes);
