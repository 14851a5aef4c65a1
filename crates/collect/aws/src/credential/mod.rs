//! Where keys come from: environment, shared files and profiles, assume-role chains, web identity, IMDSv2, container
//! endpoints, process.
