//! Reads of memory that nobody waits for.

/// Asks the processor to bring an element of a table nearer, which will be read soon. Nothing else happens, also where there is
/// no such element or the processor has no such instruction.
///
/// A table that is read at random is read much faster when a loop asks for what the next one reads: unlike a read, a
/// request is done at once, so that many are under way together.
#[inline(always)]
pub fn prefetch<T>(table: &[T], index: usize) {
    let element = table.as_ptr().wrapping_add(index);
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a request is no access: of memory that is not there it does nothing.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(element.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = element;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_does_nothing() {
        let table = [1_u8, 2, 3];
        [0, 2, 3, usize::MAX].into_iter().for_each(|index| prefetch(&table, index));
        prefetch::<u64>(&[], 7);
        assert_eq!(table, [1, 2, 3]);
    }
}
