//! The C interface between khabar and its plugins.
