//! Dates, times, durations and sets in Arabic text as TIMEX3, and the date of the document.

#![forbid(unsafe_code)]
