//! The published formats. The table is `FORMATS`.
