//! What a browser gets for a request. Owner of `axum` and `mime_guess`.

use std::convert::Infallible;
use std::io::{self, Read, Seek, SeekFrom};
use std::net::IpAddr;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream::{self, Stream};

use super::address::answers_to;
use super::failure;
use super::find::{Found, find, follow};
use super::preview::{self, Preview};
use super::range::{Part, part};
use super::shown::Shown;
use crate::fingerprint::Fingerprint;
use crate::output::Opened;
use crate::path::{self, OutputPath};

/// Where a page hears of changes. No page can lie here: names that begin with `.ibid` are kept.
const EVENTS: &str = "/.ibid/events";

/// The script that follows a page.
const SCRIPT: &str = "/.ibid/preview.js";

const SCRIPT_TEXT: &str = include_str!("preview.js");

/// How much of a file on the disk is in memory at once.
const PIECE: usize = 256 * 1024;

/// What every answer is made of.
#[derive(Clone)]
pub(super) struct Shop {
    /// The files and the state.
    pub(super) preview: Arc<Preview>,
    /// Scheme, host and port, as links on pages may name them.
    pub(super) origin: Arc<str>,
}

/// The address of this machine that a request came in at.
#[derive(Clone, Copy)]
pub(super) struct Local(pub(super) IpAddr);

/// Answers every request, whatever it asks for.
pub(super) fn router(shop: Shop) -> Router {
    Router::new()
        .route(EVENTS, get(events))
        .route(SCRIPT, get(script))
        .fallback(file)
        .layer(middleware::from_fn(guard))
        .with_state(shop)
}

/// Turns away what is not meant for this preview.
async fn guard(
    Extension(Local(local)): Extension<Local>,
    request: Request,
    next: Next,
) -> Response {
    let named = request.headers().get_all(header::HOST).iter().map(HeaderValue::to_str);
    let mut hosts: Vec<&str> = named.map(Result::unwrap_or_default).collect();
    // A request may name the host in its first line too, as to a proxy.
    hosts.extend(request.uri().authority().map(|authority| authority.as_str()));
    let mut response = if hosts.is_empty() {
        say(StatusCode::BAD_REQUEST, "The request names no host.\n")
    } else if !hosts.iter().all(|host| answers_to(host, local)) {
        let text = "This preview answers to `localhost` and to its own address alone.\n";
        say(StatusCode::MISDIRECTED_REQUEST, text)
    } else {
        next.run(request).await
    };
    // A preview is stale at once.
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, no_store);
    response
}

fn say(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT_TEXT).into_response()
}

/// Answers with a file of the site.
async fn file(State(shop): State<Shop>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = say(StatusCode::METHOD_NOT_ALLOWED, "There is nothing but to read.\n");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let range = request.headers().get(header::RANGE).and_then(|range| range.to_str().ok());
    let state = shop.preview.ready().await;
    let address = request.uri().path();
    match shop.at(&state, address) {
        At::Page(page) => page.response(),
        At::File(output) => shop.send(&output, range),
        At::Elsewhere(address) => elsewhere(&address, request.uri()),
    }
}

fn elsewhere(address: &str, asked: &Uri) -> Response {
    let query = asked.query().map_or(String::new(), |query| format!("?{query}"));
    match HeaderValue::try_from(format!("{address}{query}")) {
        Ok(to) => (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What lies at an address.
enum At {
    Page(Page),
    File(OutputPath),
    Elsewhere(String),
}

/// A page on its way out.
struct Page {
    status: StatusCode,
    html: String,
    shown: Shown,
    has_failed: bool,
}

impl Page {
    /// A page that is none of the site's.
    fn own(status: StatusCode, html: String) -> Self {
        let shown = Shown::plain(Fingerprint::of(html.as_bytes()));
        Self { status, html, shown, has_failed: false }
    }

    fn response(&self) -> Response {
        let html = self.shown.with_script(&self.html, SCRIPT, self.has_failed);
        let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
        (self.status, kind, html).into_response()
    }
}

impl Shop {
    /// Finds what lies at an address.
    fn at(&self, state: &preview::State, address: &str) -> At {
        if !state.has_pages {
            let html = state.failure.as_ref().map_or(String::new(), |failure| failure.html());
            let page = Page::own(StatusCode::INTERNAL_SERVER_ERROR, html);
            return At::Page(Page { has_failed: true, ..page });
        }
        match find(&self.preview.files, &state.base, address) {
            Found::File(output) if content_type(&output).starts_with("text/html") => {
                match self.page(state, address, &output, StatusCode::OK) {
                    Some(page) => At::Page(page),
                    None => At::File(output),
                }
            }
            Found::File(output) => At::File(output),
            Found::Elsewhere(address) => At::Elsewhere(address),
            Found::Outside if address == "/" => {
                At::Elsewhere(format!("{}/", path::encode(&state.base)))
            }
            Found::Nothing | Found::Outside => {
                let page = OutputPath::new("404.html")
                    .ok()
                    .and_then(|output| self.page(state, address, &output, StatusCode::NOT_FOUND));
                At::Page(page.unwrap_or_else(|| {
                    let html = failure::page("Nothing here", "<h1>There is no page here</h1>");
                    Page::own(StatusCode::NOT_FOUND, html)
                }))
            }
        }
    }

    /// Reads a page; none where it is no text.
    fn page(
        &self,
        state: &preview::State,
        address: &str,
        output: &OutputPath,
        status: StatusCode,
    ) -> Option<Page> {
        let files = &self.preview.files;
        let bytes = files.read(output).ok().flatten()?;
        let html = std::str::from_utf8(&bytes).ok()?.to_owned();
        let mut shown = Shown::of(&html, |link| {
            let path = follow(&self.origin, address, link)?;
            match find(files, &state.base, &path) {
                Found::File(output) => files.fingerprint(&output),
                _ => None,
            }
        });
        if status != StatusCode::OK {
            shown.print = format!("{}-{}", shown.print, status.as_u16());
        }
        Some(Page { status, html, shown, has_failed: false })
    }

    /// What a browser sees at an address.
    fn shown(&self, state: &preview::State, address: &str) -> Shown {
        match self.at(state, address) {
            At::Page(page) => page.shown,
            At::File(output) => {
                let known = self.preview.files.fingerprint(&output);
                Shown::plain(known.unwrap_or_else(|| Fingerprint::of(b"")))
            }
            At::Elsewhere(address) => Shown::plain(Fingerprint::of(address.as_bytes())),
        }
    }

    /// Sends a file, or the part of it that is asked for.
    fn send(&self, output: &OutputPath, range: Option<&str>) -> Response {
        let opened = match self.preview.files.open_file(output) {
            Ok(Some(opened)) => opened,
            // It went since the last build; the next one is on its way.
            Ok(None) => return say(StatusCode::NOT_FOUND, "This file is gone.\n"),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return say(StatusCode::NOT_FOUND, "This file is gone.\n");
            }
            Err(_) => {
                return say(StatusCode::INTERNAL_SERVER_ERROR, "This file cannot be read.\n");
            }
        };
        let size = match &opened {
            Opened::Bytes(bytes) => bytes.len() as u64,
            Opened::File(_, size) => *size,
        };
        let (status, bytes) = match part(range, size) {
            Part::Whole => (StatusCode::OK, 0..size),
            Part::Bytes(bytes) => (StatusCode::PARTIAL_CONTENT, bytes),
            Part::Beyond => {
                let range = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
                return (StatusCode::RANGE_NOT_SATISFIABLE, range).into_response();
            }
        };
        let mut response = Response::builder()
            .status(status)
            .header(header::CONTENT_TYPE, content_type(output))
            .header(header::CONTENT_LENGTH, bytes.end - bytes.start)
            .header(header::ACCEPT_RANGES, "bytes");
        if status == StatusCode::PARTIAL_CONTENT {
            let range = format!("bytes {}-{}/{size}", bytes.start, bytes.end - 1);
            response = response.header(header::CONTENT_RANGE, range);
        }
        let body = match opened {
            Opened::Bytes(whole) => {
                let whole = Bytes::from_owner(whole);
                let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(whole.len());
                Body::from(whole.slice(place(bytes.start)..place(bytes.end)))
            }
            Opened::File(file, _) => Body::from_stream(pieces(file, bytes)),
        };
        response.body(body).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    }
}

/// Reads some bytes of a file piece by piece, as fast as they are taken.
fn pieces(
    file: impl Read + Seek + Send + 'static,
    bytes: Range<u64>,
) -> impl Stream<Item = io::Result<Bytes>> {
    stream::try_unfold((file, bytes), |(mut file, bytes)| async move {
        if bytes.is_empty() {
            return Ok(None);
        }
        let read = tokio::task::spawn_blocking(move || {
            file.seek(SeekFrom::Start(bytes.start))?;
            let mut piece = Vec::new();
            let length = (bytes.end - bytes.start).min(PIECE as u64);
            file.by_ref().take(length).read_to_end(&mut piece)?;
            // A file that became shorter ends the answer, which is then seen to be cut off.
            if piece.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let rest = bytes.start + piece.len() as u64..bytes.end;
            Ok((Bytes::from(piece), (file, rest)))
        });
        read.await.map_err(io::Error::other)?.map(Some)
    })
}

/// The content type of a file by its name.
fn content_type(output: &OutputPath) -> String {
    let name = output.as_str();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let known = match extension {
        "bib" => "application/x-bibtex",
        "ris" => "application/x-research-info-systems",
        // What has no extension is a note to the host, such as `CNAME`.
        "" => "text/plain",
        _ => mime_guess::from_path(name).first_raw().unwrap_or("application/octet-stream"),
    };
    let ends = ["xml", "json", "javascript", "bibtex", "research-info-systems"];
    let is_text = known.starts_with("text/") || ends.iter().any(|end| known.ends_with(end));
    if is_text { format!("{known}; charset=utf-8") } else { known.to_owned() }
}

/// Tells a page what it should show, now and after each build.
async fn events(
    State(shop): State<Shop>,
    uri: Uri,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let asked = uri.query().unwrap_or_default().split('&');
    let page = asked.filter_map(|pair| pair.strip_prefix("page=")).next();
    let page = page.and_then(path::decode).unwrap_or_else(|| "/".to_owned());
    let follow = shop.preview.follow();
    let stream = stream::unfold(
        (shop, follow, page, true),
        |(shop, mut follow, page, is_first)| async move {
            if is_first {
                follow.wait_for(|state| state.is_ready || state.is_ending).await.ok()?;
            } else {
                follow.changed().await.ok()?;
            }
            let state = follow.borrow_and_update().clone();
            if state.is_ending {
                return None;
            }
            let event = Event::default().data(message(&shop, &state, &page));
            let event = if is_first { event.retry(Duration::from_millis(500)) } else { event };
            Some((Ok(event), (shop, follow, page, false)))
        },
    );
    // What is written now and then finds out that nobody listens any more.
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

fn message(shop: &Shop, state: &preview::State, page: &str) -> String {
    let shown = shop.shown(state, page);
    serde_json::json!({
        "page": shown.print,
        "sheets": shown.sheets,
        "failure": state.failure.as_deref(),
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::content_type;
    use crate::path::OutputPath;

    #[test]
    fn content_types_tell_how_text_is_written() {
        let of = |name| content_type(&OutputPath::new(name).unwrap());
        assert_eq!(of("index.html"), "text/html; charset=utf-8");
        assert_eq!(of("a.1a2b3c4d.css"), "text/css; charset=utf-8");
        assert_eq!(of("a.js"), "text/javascript; charset=utf-8");
        assert_eq!(of("feed.json"), "application/json; charset=utf-8");
        assert_eq!(of("sitemap.xml"), "text/xml; charset=utf-8");
        assert_eq!(of("a.svg"), "image/svg+xml; charset=utf-8");
        assert_eq!(of("sources.bib"), "application/x-bibtex; charset=utf-8");
        assert_eq!(of("CNAME"), "text/plain; charset=utf-8");
        assert_eq!(of("a.png"), "image/png");
        assert_eq!(of("a.avif"), "image/avif");
        assert_eq!(of("a.woff2"), "font/woff2");
        assert_eq!(of("a.pdf"), "application/pdf");
        assert_eq!(of("a.7z"), "application/x-7z-compressed");
        assert_eq!(of("a.unheard-of"), "application/octet-stream");
    }
}
