//! Cancellation: how an extractor learns that it should stop.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::ExtractError;

/// Tells whether the work on a document is cancelled. It is cheap to copy, so that every pass of an extractor can have one.
/// An extractor that does not check it is waited for, and ends the whole run after the timeout.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cancel<'a>(Option<&'a AtomicU32>);

/// Steps between two checks of [`Cancel::check_at`]: about ten microseconds in a loop over words.
const STEPS: usize = 1 << 10;

impl<'a> Cancel<'a> {
    /// Never cancelled.
    pub const NEVER: Self = Self(None);

    /// Cancelled once the flag is not zero.
    pub const fn by(flag: &'a AtomicU32) -> Self {
        Self(Some(flag))
    }

    /// The flag, for extractors that run elsewhere, for example behind the C interface.
    pub const fn flag(self) -> Option<&'a AtomicU32> {
        self.0
    }

    /// Checks for cancellation. It is cheap enough for every sentence, or every 64 tokens.
    ///
    /// # Errors
    /// [`ExtractError::Cancelled`] once the work is cancelled: pass it on with `?`.
    #[inline]
    pub fn check(self) -> Result<(), ExtractError> {
        match self.0 {
            Some(flag) if flag.load(Ordering::Relaxed) != 0 => Err(ExtractError::Cancelled),
            _ => Ok(()),
        }
    }

    /// Checks at every 1024th step of a loop, including the first; `step` counts from 0.
    ///
    /// # Errors
    /// As [`Cancel::check`].
    #[inline]
    pub fn check_at(self, step: usize) -> Result<(), ExtractError> {
        if step.is_multiple_of(STEPS) { self.check() } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_is_heard_and_none_is_not() {
        let flag = AtomicU32::new(0);
        let cancel = Cancel::by(&flag);
        assert!(cancel.check().is_ok() && cancel.check_at(0).is_ok() && cancel.flag().is_some());
        flag.store(1, Ordering::Relaxed);
        assert!(matches!(cancel.check(), Err(ExtractError::Cancelled)));
        assert!(cancel.check_at(STEPS).is_err() && cancel.check_at(0).is_err() && cancel.check_at(1).is_ok());
        assert!(Cancel::NEVER.check().is_ok() && Cancel::NEVER.flag().is_none());
    }
}
