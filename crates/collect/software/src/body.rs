use std::io::{self, Read, Seek};

/// The bytes of one file. Readers of databases and programs seek in it rather than take it whole.
pub trait Body: Read + Seek {}

impl<T: Read + Seek> Body for T {}

/// All bytes from where `body` stands, at most `most`.
///
/// # Errors
/// Those of the reading, and [`io::ErrorKind::FileTooLarge`] where there are more.
pub(crate) fn whole(body: &mut dyn Body, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    body.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("larger than {most} bytes")));
    }
    Ok(bytes)
}
