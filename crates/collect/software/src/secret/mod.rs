//! Secrets in text. The table of detectors is `DETECTORS`.
