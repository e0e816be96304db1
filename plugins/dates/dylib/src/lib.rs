//! khabar-dates as a shared library.

#![forbid(unsafe_code)]

khabar_abi::export!(khabar_dates::Dates);
