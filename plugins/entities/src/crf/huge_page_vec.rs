//! Arrays on huge pages.
//!
//! The tables of the model are read at random, word by word, and hold far more small pages (4 KiB) than a processor knows the
//! addresses of: without huge pages (2 MiB) a read of a word waits for the address first, and a document takes
//! a sixth longer (`docs/performance.md`). Linux gives huge pages to anonymous memory that asks for them, unless it is told not to (`never` in
//! `/sys/kernel/mm/transparent_hugepage/enabled`); nothing else changes where it does not.

use std::ops::{Deref, DerefMut};

use bytemuck::Pod;

/// An array of plain values of a fixed length, all zero at first, on huge pages where there are any.
#[derive(Debug)]
pub(super) struct HugePageVec<T> {
    memory: Memory<T>,
}

#[derive(Debug)]
enum Memory<T> {
    #[cfg(target_os = "linux")]
    Mapped {
        map: memmap2::MmapMut,
        /// The bytes of the map that are the array.
        place: std::ops::Range<usize>,
    },
    Owned(Vec<T>),
}

impl<T: Pod> HugePageVec<T> {
    /// An array of zeros.
    pub(super) fn new(len: usize) -> Self {
        #[cfg(target_os = "linux")]
        if let Some(memory) = map(len.saturating_mul(size_of::<T>()), align_of::<T>()) {
            return Self { memory };
        }
        Self { memory: Memory::Owned(vec![T::zeroed(); len]) }
    }
}

/// Size of a huge page in bytes on x86-64, and on AArch64 with pages of 4 KiB.
#[cfg(target_os = "linux")]
const PAGE: usize = 2 << 20;

/// Memory for so many bytes, which begins with a huge page; none if it is refused, or too small to be worth it.
#[cfg(target_os = "linux")]
fn map<T>(bytes: usize, align: usize) -> Option<Memory<T>> {
    if bytes < PAGE / 2 || PAGE < align {
        return None;
    }
    let whole = bytes.checked_next_multiple_of(PAGE)?;
    let map = memmap2::MmapMut::map_anon(whole.checked_add(PAGE)?).ok()?;
    // A kernel without huge pages refuses the advice, and the memory is as good as any.
    let _ = map.advise(memmap2::Advice::HugePage);
    let from = map.as_ptr().align_offset(PAGE);
    let place = from..from.checked_add(bytes)?;
    (place.end <= map.len()).then_some(Memory::Mapped { map, place })
}

impl<T: Pod> Default for HugePageVec<T> {
    fn default() -> Self {
        Self { memory: Memory::Owned(Vec::new()) }
    }
}

impl<T: Pod> Deref for HugePageVec<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match &self.memory {
            #[cfg(target_os = "linux")]
            Memory::Mapped { map, place } => bytemuck::cast_slice(&map[place.clone()]),
            Memory::Owned(values) => values,
        }
    }
}

impl<T: Pod> DerefMut for HugePageVec<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.memory {
            #[cfg(target_os = "linux")]
            Memory::Mapped { map, place } => bytemuck::cast_slice_mut(&mut map[place.clone()]),
            Memory::Owned(values) => values,
        }
    }
}

#[cfg(test)]
mod tests {
    use bytemuck::Zeroable;

    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
    #[repr(C, align(64))]
    struct Line([u64; 8]);

    #[test]
    fn an_array_holds_what_it_is_given() {
        for len in [0, 1, 1_000, 40_000, 200_000] {
            let line = |at: usize| Line([at as u64 * 7; 8]);
            let mut array = HugePageVec::<Line>::new(len);
            assert_eq!(array.len(), len);
            assert!(array.iter().all(|value| *value == line(0)), "{len}");
            array.iter_mut().enumerate().for_each(|(at, value)| *value = line(at));
            assert!((0..len).all(|at| array[at] == line(at)), "{len}");
        }
        assert!(HugePageVec::<u32>::default().is_empty());
    }
}
