//! How an extractor learns that its work is no longer wanted.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::ExtractError;

/// Asks whether the work on a document is to end. A copy costs nothing, so that every pass of an extractor can have one:
/// who works on without asking is waited for, and in the end takes the whole run with it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cancel<'a>(Option<&'a AtomicU32>);

/// Steps between two looks of [`Cancel::check_at`]: those of a loop over words come to some ten microseconds.
const STEPS: usize = 1 << 10;

impl<'a> Cancel<'a> {
    /// Nobody cancels the work.
    pub const NEVER: Self = Self(None);

    /// The work is to end once the flag is not zero.
    pub const fn by(flag: &'a AtomicU32) -> Self {
        Self(Some(flag))
    }

    /// The flag, for extractors that are run somewhere else.
    pub const fn flag(self) -> Option<&'a AtomicU32> {
        self.0
    }

    /// Asks; cheap enough for every sentence, or every 64 tokens.
    ///
    /// # Errors
    /// [`ExtractError::Cancelled`] once the work is cancelled: hand it on with `?`.
    #[inline]
    pub fn check(self) -> Result<(), ExtractError> {
        match self.0 {
            Some(flag) if flag.load(Ordering::Relaxed) != 0 => Err(ExtractError::Cancelled),
            _ => Ok(()),
        }
    }

    /// Asks at every 1024th step of a loop, the first among them; `step` counts them from 0.
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
