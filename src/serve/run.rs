//! The whole preview: from its options to its end.

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::runtime;
use tokio::sync::oneshot;

use super::address::{USUAL_PORT, listen, origin};
use super::answer::Shop;
use super::connection;
use super::news::{News, Voice};
use super::options::Options;
use super::preview::Preview;
use super::rebuild::Rebuild;
use super::watch::Watch;
use crate::diag::Diagnostic;
use crate::source::reason;

/// Why there is no preview, or no more.
pub enum Ended {
    /// The call cannot be carried out, for this reason.
    Misuse(String),
    /// The first build found what no edit of a file can mend. It was said already.
    Stopped(Vec<Diagnostic>),
}

/// Shows a site to browsers on this machine until a signal ends it.
///
/// # Errors
///
/// Where there is nothing to show, or no port to show it at.
pub fn run(options: Options, voice: Box<dyn Voice>) -> Result<(), Ended> {
    let misuse = |what: &str, error: &std::io::Error| {
        Ended::Misuse(format!("the system gives no {what}: {}", reason(error)))
    };
    let listener = listen(options.bind, options.port).map_err(Ended::Misuse)?;
    let bound = listener.local_addr().map_err(|error| misuse("address", &error))?;
    if options.port.is_none() && bound.port() != USUAL_PORT {
        voice.say(&News::PortTaken { usual: USUAL_PORT, instead: bound.port() });
    }
    if !bound.ip().is_loopback() {
        voice.say(&News::Exposed(bound.ip()));
    }
    let origin = origin(bound);
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| misuse("threads to work with", &error))?;
    let watch = Watch::begin(&options.root, &options.config, options.polling);
    let watch = watch.map_err(|error| misuse("sight of the site's files", &error))?;
    let preview = Arc::new(Preview::new());
    let (end, ended) = oneshot::channel();
    let rebuild = Rebuild::new(options, origin.clone(), preview.clone(), voice, watch);
    // Nobody waits for this thread: a build that is cut off has changed nothing outside of it.
    let builder = std::thread::spawn(move || {
        let _ = end.send(rebuild.run());
    });
    let shop = Shop { preview, origin: origin.into() };
    let stopped = runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = TcpListener::from_std(listener)?;
        let mut stopped = None;
        let end = async {
            tokio::select! {
                () = signal() => stopped = None,
                found = ended => stopped = Some(found),
            }
        };
        connection::serve(listener, shop, end).await;
        Ok(stopped)
    });
    // A file that is being read for somebody is not waited for.
    runtime.shutdown_background();
    match stopped {
        Ok(None) => Ok(()),
        Ok(Some(Ok(found))) => Err(Ended::Stopped(found)),
        // The thread that builds is gone: it panicked, and so does this one.
        Ok(Some(Err(_))) => match builder.join() {
            Ok(()) => Ok(()),
            Err(panic) => std::panic::resume_unwind(panic),
        },
        Err(error) => Err(misuse("port to listen at", &error)),
    }
}

/// Waits to be told to end.
#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}

/// Waits to be told to end.
#[cfg(not(unix))]
async fn signal() {
    let _ = tokio::signal::ctrl_c().await;
}
