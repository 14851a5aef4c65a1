use std::io::{self, Read};

/// A body could not be taken whole.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// The connection broke, or a read took too long.
    #[error("the answer broke off after {got} bytes: {source}")]
    Read {
        /// Bytes that came.
        got: u64,
        /// Why.
        source: io::Error,
    },
    /// Longer than the caller allows.
    #[error("the answer is longer than {limit} bytes")]
    Limit {
        /// The limit, in bytes.
        limit: u64,
    },
}

/// Takes all of `body`, at most `limit` bytes.
///
/// # Errors
/// [`BodyError::Read`] where it breaks off, [`BodyError::Limit`] where there is more.
pub fn read_bounded(body: impl Read, limit: u64) -> Result<Vec<u8>, BodyError> {
    let mut out = Vec::new();
    // One byte more than allowed tells a longer one.
    match body.take(limit.saturating_add(1)).read_to_end(&mut out) {
        Err(source) => Err(BodyError::Read { got: out.len() as u64, source }),
        Ok(_) if out.len() as u64 > limit => Err(BodyError::Limit { limit }),
        Ok(_) => Ok(out),
    }
}

/// The body of an answer, whose errors are said without the address: reqwest's name it whole, and the query of a signed
/// one is a credential.
pub(crate) struct Body(pub(crate) reqwest::blocking::Response);

impl Read for Body {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.read(buf).map_err(|error| {
            let kind = error.kind();
            let reason = match error.downcast::<reqwest::Error>() {
                Ok(error) => crate::error::chain(&error.without_url()),
                Err(error) => error.to_string(),
            };
            io::Error::new(kind, reason)
        })
    }
}
