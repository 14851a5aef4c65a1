//! A Linux host, end to end: the built program against this machine and against scratch roots.
mod report;
