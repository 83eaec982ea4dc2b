//! How a recording is shown, by its address.

/// How a recording is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Player {
    /// By the browser itself.
    File,
    /// By the player of its host, at this address, once a reader asks for it.
    Embed(String),
    /// At its host.
    Link,
}

/// The endings of files that browsers play.
const PLAYED: [&str; 6] = ["mp4", "m4v", "webm", "ogv", "mov", "mkv"];

/// Tells by its address how a recording is shown.
pub(super) fn player(address: &str) -> Player {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    if let Some(rest) = rest.or_else(|| address.strip_prefix("//"))
        && let Some(embed) = embed(rest)
    {
        return Player::Embed(embed);
    }
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match PLAYED.iter().any(|played| extension.eq_ignore_ascii_case(played)) {
        true => Player::File,
        false => Player::Link,
    }
}

/// The player of a host that has one, in the form that sets no cookies.
fn embed(rest: &str) -> Option<String> {
    let (host, path) = rest.split_once('/')?;
    let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(host);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let query = query.split('#').next().unwrap_or_default();
    let path = path.split('#').next().unwrap_or_default().trim_end_matches('/');
    let value =
        |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    match host.to_ascii_lowercase().as_str() {
        "youtu.be" => youtube(path, value("t")),
        "youtube.com" | "youtube-nocookie.com" => {
            let parts: Vec<&str> = path.split('/').collect();
            let id = match parts[..] {
                ["watch"] => value("v")?,
                ["embed" | "shorts" | "live" | "v", id] => id,
                _ => return None,
            };
            youtube(id, value("t").or(value("start")))
        }
        "vimeo.com" | "player.vimeo.com" => {
            let path = path.strip_prefix("video/").unwrap_or(path);
            let is_id = !path.is_empty() && path.bytes().all(|byte| byte.is_ascii_digit());
            is_id.then(|| format!("https://player.vimeo.com/video/{path}?dnt=1&autoplay=1"))
        }
        _ => None,
    }
}

fn youtube(id: &str, start: Option<&str>) -> Option<String> {
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if id.is_empty() || !id.bytes().all(is_id) {
        return None;
    }
    let start = start.map(|start| start.trim_end_matches('s'));
    let start =
        start.filter(|start| !start.is_empty() && start.bytes().all(|b| b.is_ascii_digit()));
    let start = start.map_or_else(String::new, |start| format!("&start={start}"));
    Some(format!("https://www.youtube-nocookie.com/embed/{id}?autoplay=1{start}"))
}

#[cfg(test)]
mod tests {
    use super::{Player, player};

    #[test]
    fn an_address_tells_how_a_recording_is_shown() {
        let embed = |address: &str| Player::Embed(address.to_owned());
        for (address, want) in [
            ("film.mp4", Player::File),
            ("/a/FILM.WebM?x#t=3", Player::File),
            ("https://a.example/film.mp4", Player::File),
            ("https://a.example/film", Player::Link),
            ("@/a.md", Player::Link),
            (
                "https://www.youtube.com/watch?v=aB-3_x&t=90s",
                embed("https://www.youtube-nocookie.com/embed/aB-3_x?autoplay=1&start=90"),
            ),
            (
                "https://youtu.be/aB3?t=x",
                embed("https://www.youtube-nocookie.com/embed/aB3?autoplay=1"),
            ),
            ("https://www.youtube.com/watch?v=a\"b", Player::Link),
            ("https://www.youtube.com/@channel", Player::Link),
            (
                "https://vimeo.com/12345",
                embed("https://player.vimeo.com/video/12345?dnt=1&autoplay=1"),
            ),
            ("https://vimeo.com/about", Player::Link),
        ] {
            assert_eq!(player(address), want, "{address}");
        }
    }
}
