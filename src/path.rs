//! Names on either side of a build: files read, files made, and the addresses between them.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::fingerprint::Fingerprint;

/// What a path segment of a URL cannot hold as it is (the WHATWG path set and `%`).
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A file that is read, relative to the site's root, with `/` between its parts:
/// `content/notes/tex.md`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl Serialize for SourcePath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for SourcePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

impl SourcePath {
    /// Takes a relative path that is already in its `/` form.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder, without a `/` at its end; empty for a file at the root.
    pub fn parent(&self) -> &str {
        self.0.rfind('/').map_or("", |slash| &self.0[..slash])
    }

    /// The last part: `tex.md`.
    pub fn file_name(&self) -> &str {
        self.0.rfind('/').map_or(&self.0, |slash| &self.0[slash + 1..])
    }

    /// The file name without its last extension: `tex`.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rfind('.').filter(|&dot| dot > 0).map_or(name, |dot| &name[..dot])
    }

    /// The last extension, without its dot; empty where there is none.
    pub fn extension(&self) -> &str {
        let name = self.file_name();
        name.rfind('.').filter(|&dot| dot > 0).map_or("", |dot| &name[dot + 1..])
    }

    /// Follows a relative path from `folder`; none where it leaves the root.
    pub fn resolve(folder: &str, relative: &str) -> Option<Self> {
        join(folder, relative).map(Self::new)
    }
}

/// A file that is made, relative to the output folder, with `/` between its parts:
/// `notes/tex/index.html`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Takes a path as a page, an asset or an alias asks for it.
    ///
    /// # Errors
    ///
    /// Says in words what keeps the path from being written on every host and file system.
    pub fn new(path: &str) -> Result<Self, &'static str> {
        check_parts(path)?;
        if path.split('/').next().is_some_and(|first| first.starts_with(".ibid")) {
            return Err("names that begin with `.ibid` are kept for ibid itself");
        }
        Ok(Self(path.into()))
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where something is served within the site, decoded and without the sub-path of the
/// site's base URL: `/notes/tex/`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permalink(Arc<str>);

impl Permalink {
    /// The address of the site's root.
    pub fn root() -> Self {
        Self("/".into())
    }

    /// Where hosts look for the page they serve when there is no other.
    pub fn not_found() -> Self {
        Self("/404.html".into())
    }

    /// Takes an address that begins with `/`.
    ///
    /// # Errors
    ///
    /// Says in words what keeps the address from being served.
    pub fn new(address: &str) -> Result<Self, &'static str> {
        let inner = address.strip_prefix('/').ok_or("an address begins with `/`")?;
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        if !inner.is_empty() {
            check_parts(inner)?;
        }
        Ok(Self(address.into()))
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a page that can have no better one, so that its value is not lost.
    pub fn from_fingerprint(fingerprint: &Fingerprint) -> Self {
        Self(format!("/{}/", fingerprint.short()).into())
    }

    /// The file a host serves at this address.
    ///
    /// # Errors
    ///
    /// As [`OutputPath::new`].
    pub fn output(&self) -> Result<OutputPath, &'static str> {
        match self.0.strip_suffix('/') {
            Some("") => OutputPath::new("index.html"),
            Some(folder) => OutputPath::new(&format!("{}/index.html", &folder[1..])),
            None => OutputPath::new(&self.0[1..]),
        }
    }
}

/// The address of the site's root: where it is hosted, and under which sub-path.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BaseUrl {
    /// Scheme and host: `https://example.org`. Never ends with `/`.
    pub origin: String,
    /// The sub-path: empty, or `/kb`. Never ends with `/`.
    pub path: String,
}

impl BaseUrl {
    /// Reads `https://example.org/kb/`, with or without the last slash.
    ///
    /// # Errors
    ///
    /// Says in words what is missing.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let (scheme, rest) = text.split_once("://").ok_or("it has no `https://` at its start")?;
        if !matches!(scheme, "http" | "https") {
            return Err("its scheme is neither `https` nor `http`");
        }
        if rest.contains(['?', '#']) {
            return Err("it has a query or a fragment");
        }
        if rest.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>\\`{}".contains(c))
        {
            return Err("it has a character that no address holds");
        }
        let (host, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
        if host.is_empty() {
            return Err("it names no host");
        }
        if !host.is_ascii() {
            return Err(
                "its host has letters that are not ASCII: write it as `xn--…`, as browsers send it",
            );
        }
        if host.contains('@') {
            return Err("it has a user name or a password, which would be published");
        }
        let port = host.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.ends_with(']'));
        if port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Err("its port is no number below 65536");
        }
        let path = path.trim_end_matches('/');
        if path.split('/').any(|part| part == "." || part == "..") || path.contains("//") {
            return Err("its path has an empty, `.` or `..` part");
        }
        let path = encode(&decode(path).ok_or("its path is not UTF-8")?);
        Ok(Self { origin: format!("{scheme}://{}", host.to_lowercase()), path })
    }

    /// The link to an address of the site from any of its pages: `/kb/notes/tex/`, encoded.
    pub fn href(&self, permalink: &Permalink) -> String {
        format!("{}{}", self.path, encode(permalink.as_str()))
    }

    /// The link to an output file.
    pub fn file_href(&self, output: &OutputPath) -> String {
        format!("{}/{}", self.path, encode(output.as_str()))
    }

    /// The whole address, for canonical links, feeds and sitemaps.
    pub fn absolute(&self, permalink: &Permalink) -> String {
        format!("{}{}", self.origin, self.href(permalink))
    }

    /// The whole address of a link that holds from any page of the site; others stay.
    pub fn whole(&self, href: &str) -> String {
        match href.starts_with('/') && !href.starts_with("//") {
            true => format!("{}{href}", self.origin),
            false => href.to_owned(),
        }
    }

    /// The address of the root, with a `/` at its end.
    pub fn root(&self) -> String {
        format!("{}{}/", self.origin, self.path)
    }
}

/// Percent-encodes a path, leaving its slashes.
pub fn encode(path: &str) -> String {
    Cow::from(utf8_percent_encode(path, SEGMENT)).into_owned()
}

/// Decodes a percent-encoded path; none where the bytes are no UTF-8.
pub fn decode(path: &str) -> Option<String> {
    percent_decode_str(path).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// Joins a folder and a relative path and takes out `.` and `..`; none where the result
/// would leave the root.
pub fn join(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    let both = if relative.starts_with('/') { [relative, ""] } else { [folder, relative] };
    for part in both.into_iter().flat_map(|side| side.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The way from a folder to a path, with `..` for each folder that it leaves.
pub fn relative(folder: &str, path: &str) -> String {
    let here: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let there: Vec<&str> = path.split('/').collect();
    let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count().min(there.len() - 1);
    let mut way = vec![".."; here.len() - shared];
    way.extend(&there[shared..]);
    way.join("/")
}

/// Checks that each part of a relative path is a plain name on every common file system.
fn check_parts(path: &str) -> Result<(), &'static str> {
    for part in path.split('/') {
        if part.is_empty() {
            return Err("it has an empty part");
        }
        if part == "." || part == ".." {
            return Err("it has a `.` or `..` part, which could leave the output folder");
        }
        if part.len() > 255 {
            return Err("one of its parts is longer than the 255 bytes that file systems allow");
        }
        // The control characters of Unicode that are not ASCII begin with this byte.
        let is_odd = |byte: u8| byte < b' ' || matches!(byte, b'\\' | 0x7f | 0xc2);
        if part.bytes().any(is_odd) && part.contains(|c: char| c.is_control() || c == '\\') {
            return Err("it has a backslash or a control character");
        }
    }
    if path.len() > 1024 {
        return Err("it is longer than 1024 bytes");
    }
    Ok(())
}

macro_rules! show_as_text {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    )*};
}
show_as_text!(SourcePath, OutputPath, Permalink);

#[cfg(test)]
mod tests {
    use super::{BaseUrl, OutputPath, Permalink, SourcePath, join, relative};

    #[test]
    fn joining_never_leaves_the_root() {
        assert_eq!(join("a/b", "../c.md"), Some("a/c.md".into()));
        assert_eq!(join("a", "./x/./y"), Some("a/x/y".into()));
        assert_eq!(join("a", "../../x"), None);
        assert_eq!(join("a", "/x"), Some("x".into()));
    }

    #[test]
    fn the_way_between_folders() {
        assert_eq!(relative("guide", "guide/install.md"), "install.md");
        assert_eq!(relative("guide/a", "notes/b.md"), "../../notes/b.md");
        assert_eq!(relative("", "a.md"), "a.md");
    }

    #[test]
    fn a_source_path_knows_its_parts() {
        let path = SourcePath::new("content/notes/tex.v2.md");
        assert_eq!(
            (path.parent(), path.stem(), path.extension()),
            ("content/notes", "tex.v2", "md")
        );
        assert_eq!(SourcePath::new(".hidden").extension(), "");
    }

    #[test]
    fn outputs_stay_inside() {
        assert!(OutputPath::new("../x").is_err());
        assert!(OutputPath::new("a//b").is_err());
        assert!(OutputPath::new("a\\b").is_err());
        assert!(OutputPath::new(".ibid-manifest").is_err());
        assert!(OutputPath::new(".well-known/x").is_ok());
    }

    #[test]
    fn permalinks_lead_to_files() {
        let file =
            |address| Permalink::new(address).and_then(|p| p.output()).map(|o| o.to_string());
        assert_eq!(file("/"), Ok("index.html".into()));
        assert_eq!(file("/a/b/"), Ok("a/b/index.html".into()));
        assert_eq!(file("/a.html"), Ok("a.html".into()));
        assert!(file("//a").is_err());
    }

    #[test]
    fn base_urls_carry_their_sub_path() {
        let base = BaseUrl::parse("https://Example.org/kb/").unwrap();
        let page = Permalink::new("/ü b/").unwrap();
        assert_eq!(base.href(&page), "/kb/%C3%BC%20b/");
        assert_eq!(base.absolute(&page), "https://example.org/kb/%C3%BC%20b/");
        for written in ["https://example.org/süd", "https://example.org/s%C3%BCd/"] {
            let base = BaseUrl::parse(written).unwrap();
            assert_eq!(base.root(), "https://example.org/s%C3%BCd/");
        }
        assert!(BaseUrl::parse("https://müller.example").is_err());
        assert!(BaseUrl::parse("example.org").is_err());
        assert!(BaseUrl::parse("https://").is_err());
    }
}
