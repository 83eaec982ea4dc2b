//! Where the preview listens, and which names it answers to.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use crate::source::reason;

/// The port where none is asked for.
pub(super) const USUAL_PORT: u16 = 1111;

/// How many ports above the usual one are tried before the system chooses any.
const TRIED: u16 = 50;

/// Takes the port that was asked for, or the first free one from the usual port on.
///
/// # Errors
///
/// Says why the address cannot be had.
pub(super) fn listen(bind: IpAddr, port: Option<u16>) -> Result<TcpListener, String> {
    let taken = |port: u16, error: &io::Error| match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("port {port} of `{bind}` belongs to another program: name another `--port`")
        }
        io::ErrorKind::AddrNotAvailable => format!("`--bind {bind}` is no address of this machine"),
        _ => format!("the system does not give port {port} of `{bind}`: {}", reason(error)),
    };
    if let Some(port) = port {
        return TcpListener::bind((bind, port)).map_err(|error| taken(port, &error));
    }
    for port in (USUAL_PORT..USUAL_PORT + TRIED).chain([0]) {
        match TcpListener::bind((bind, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port != 0 => {}
            Err(error) => return Err(taken(port, &error)),
        }
    }
    Err(format!("no port of `{bind}` is free"))
}

/// Scheme, host and port as a browser on this machine writes them.
pub(super) fn origin(bound: SocketAddr) -> String {
    let host = match bound.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    format!("http://{}", SocketAddr::new(host, bound.port()))
}

/// Tells whether a request that came in at the address `local` of this machine, and says it is
/// for `host`, is for this preview.
///
/// A page of anybody's may lead a browser here under a name of its own, and would then be let
/// read what is served (DNS rebinding). Only names that nobody else can own are answered: those
/// of the machine itself, and the address that the request came in at. The port is left aside,
/// so that one can be forwarded.
pub(super) fn answers_to(host: &str, local: IpAddr) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    if name == "localhost" || name.ends_with(".localhost") {
        return true;
    }
    name.parse::<IpAddr>().is_ok_and(|ip| {
        let ip = ip.to_canonical();
        ip.is_loopback() || ip == local.to_canonical()
    })
}

#[cfg(test)]
mod tests {
    use super::{answers_to, origin};
    use std::net::IpAddr;

    #[test]
    fn only_names_of_the_machine_are_answered() {
        let local: IpAddr = "192.168.0.7".parse().unwrap();
        for host in [
            "localhost",
            "LOCALHOST:1",
            "a.localhost",
            "127.0.0.1:80",
            "127.8.9.1",
            "[::1]:1111",
            "192.168.0.7:1111",
            "localhost.",
        ] {
            assert!(answers_to(host, local), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.168.0.8",
            "[::2]",
            "[",
            "0.0.0.0",
            "evil@localhost:1",
        ] {
            assert!(!answers_to(host, local), "{host}");
        }
    }

    #[test]
    fn an_origin_can_be_opened() {
        assert_eq!(origin("0.0.0.0:80".parse().unwrap()), "http://127.0.0.1:80");
        assert_eq!(origin("[::1]:8080".parse().unwrap()), "http://[::1]:8080");
    }
}
