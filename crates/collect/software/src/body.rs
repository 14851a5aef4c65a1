use std::io::{Read, Seek};

/// The bytes of one file. Readers of databases and programs seek in it rather than take it whole.
pub trait Body: Read + Seek {}

impl<T: Read + Seek> Body for T {}
