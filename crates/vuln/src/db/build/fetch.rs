use std::{
    fs::File,
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use casemate_http::{Client, Request};

/// Bytes of one download.
const DOWNLOAD_MAX: u64 = 8 << 30;
/// Bytes of a text that names the archive to fetch.
const POINTER_MAX: u64 = 4096;

/// What a server said of the file that was fetched, so that it need not send it again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Validators {
    pub(super) etag: Option<String>,
    pub(super) modified: Option<String>,
}

/// What came.
pub(super) enum Fetched {
    /// The file, its name, and what to ask with next time.
    New {
        path: PathBuf,
        key: String,
        validators: Validators,
    },
    Unchanged,
}

/// Downloads `url` to the file `to`, unless it is still what `before` says.
///
/// # Errors
/// What went wrong, in a sentence.
pub(super) fn fetch(client: &Client, url: &str, before: &Validators, to: &Path) -> Result<Fetched, String> {
    // Red Hat names the present archive in a text beside it.
    if let Some(parent) = url.strip_suffix("archive_latest.txt") {
        let mut pointer = String::new();
        let mut response = get(client, url, &Validators::default())?;
        let read = response.body.as_mut().take(POINTER_MAX).read_to_string(&mut pointer);
        read.map_err(|error| format!("`{url}`: {error}"))?;
        let archive = pointer.trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if archive.is_empty() || !archive.chars().all(plain) || archive.starts_with('.') {
            return Err(format!("`{url}` names no archive"));
        }
        return download(client, &format!("{parent}{archive}"), before, to);
    }
    download(client, url, before, to)
}

fn get(client: &Client, url: &str, before: &Validators) -> Result<casemate_http::Response, String> {
    let mut headers = vec![("Accept".to_owned(), "*/*".to_owned())];
    headers.extend(before.etag.clone().map(|etag| ("If-None-Match".to_owned(), etag)));
    headers.extend(before.modified.clone().map(|modified| ("If-Modified-Since".to_owned(), modified)));
    let request = Request { method: "GET", url: url.to_owned(), headers, body: Vec::new() };
    let response = client.send(&request).map_err(|error| error.to_string().replace('\n', "; "))?;
    match response.status {
        200 | 304 => Ok(response),
        status => Err(format!("`{}` answered {status}", shown(url))),
    }
}

/// The address without its query, which may hold a token.
fn shown(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

fn download(client: &Client, url: &str, before: &Validators, to: &Path) -> Result<Fetched, String> {
    let mut response = get(client, url, before)?;
    if response.status == 304 {
        return Ok(Fetched::Unchanged);
    }
    let header = |name: &str| {
        let found = response.headers.iter().find(|(header, _)| header == name);
        found.map(|(_, value)| value.clone()).filter(|value| value.len() <= 1024)
    };
    let validators = Validators { etag: header("etag"), modified: header("last-modified") };
    let mut write = || -> io::Result<u64> {
        let mut file = BufWriter::with_capacity(1 << 20, File::create(to)?);
        let read = io::copy(&mut response.body.as_mut().take(DOWNLOAD_MAX + 1), &mut file)?;
        file.flush()?;
        Ok(read)
    };
    let read = write().map_err(|error| format!("`{}`: {error}", shown(url)))?;
    if read > DOWNLOAD_MAX {
        return Err(format!("`{}` is larger than {DOWNLOAD_MAX} bytes", shown(url)));
    }
    let key = shown(url).rsplit('/').next().filter(|key| !key.is_empty()).unwrap_or("download").to_owned();
    Ok(Fetched::New { path: to.to_owned(), key, validators })
}
