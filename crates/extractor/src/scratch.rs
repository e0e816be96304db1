//! Mutable state of a worker.

use std::any::Any;

/// What an extractor keeps between documents on one worker, such as buffers and caches: one value of each type.
///
/// Extractors are shared by all threads and take `&self`; mutable state belongs here. It may be discarded between any two
/// documents, so it must not change the result.
#[derive(Default)]
pub struct Scratch {
    slots: Vec<Box<dyn Any + Send>>,
}

impl Scratch {
    /// The value of type `T`, created with [`Default`] at the first request.
    pub fn get<T: Default + Send + 'static>(&mut self) -> &mut T {
        self.get_or_insert_with(T::default)
    }

    /// The value of type `T`, created with `make` at the first request.
    pub fn get_or_insert_with<T: Send + 'static>(&mut self, make: impl FnOnce() -> T) -> &mut T {
        let known = self.slots.iter().position(|slot| slot.is::<T>());
        let at = known.unwrap_or_else(|| {
            self.slots.push(Box::new(make()));
            self.slots.len() - 1
        });
        match self.slots[at].downcast_mut() {
            Some(value) => value,
            None => unreachable!("the slot was chosen by its type"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_each_type_stays() {
        let mut scratch = Scratch::default();
        scratch.get::<Vec<u8>>().push(7);
        *scratch.get::<u32>() += 1;
        assert_eq!(scratch.get::<Vec<u8>>(), &[7]);
        assert_eq!(*scratch.get_or_insert_with(|| 9_u32), 1);
    }
}
