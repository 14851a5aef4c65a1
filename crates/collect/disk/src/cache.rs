use std::sync::{Arc, Mutex, PoisonError};

/// The last few blocks that were made from a disk, by where they lie. Small, and searched from the newest.
pub(crate) struct Cache<T: ?Sized> {
    most: usize,
    entries: Mutex<Vec<(u64, Arc<T>)>>,
}

impl<T: ?Sized> Cache<T> {
    /// Keeps about `budget` bytes of entries of `size` bytes each, at least 4 and at most 256 of them.
    pub(crate) fn new(budget: usize, size: usize) -> Self {
        Self { most: (budget / size.max(1)).clamp(4, 256), entries: Mutex::new(Vec::new()) }
    }

    /// The entry of `key`, made by `make` where it is not here.
    pub(crate) fn get<E>(&self, key: u64, make: impl FnOnce() -> Result<Arc<T>, E>) -> Result<Arc<T>, E> {
        {
            // A panic elsewhere cannot leave a list of whole entries half made.
            let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(at) = entries.iter().rposition(|(known, _)| *known == key) {
                let entry = entries.remove(at);
                let value = Arc::clone(&entry.1);
                entries.push(entry);
                return Ok(value);
            }
        }
        let value = make()?;
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= self.most {
            entries.remove(0);
        }
        entries.push((key, Arc::clone(&value)));
        Ok(value)
    }
}
