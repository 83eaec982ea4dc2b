//! Takes connections, each within limits, until the preview ends. Owner of `hyper`.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::answer::{Local, Shop, router};
use super::patience::Patient;

/// How many connections there may be at once; a browser keeps six.
const MOST: usize = 256;

/// How long a client may take over the head of a request, or say nothing between two.
const LONGEST_HEAD: Duration = Duration::from_secs(20);

/// How long a client may take nothing of what it asked for.
const LONGEST_WRITE: Duration = Duration::from_secs(30);

/// The largest head of a request, in bytes.
const LARGEST_HEAD: usize = 32 * 1024;

/// How long connections may take to end.
const LONGEST_END: Duration = Duration::from_millis(500);

/// Answers requests until `end`, then closes every connection.
pub(super) async fn serve(listener: TcpListener, shop: Shop, end: impl Future<Output = ()>) {
    let connections = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MOST));
    let routes = router(shop.clone());
    let accept = async {
        loop {
            // The semaphore is never closed.
            let Ok(place) = places.clone().acquire_owned().await else { return };
            let stream = match listener.accept().await {
                Ok((stream, _)) => stream,
                // Too many open files, or a client that is gone already.
                Err(_) => {
                    sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            let Ok(local) = stream.local_addr() else { continue };
            // A line of an event is short, and is not to wait for more.
            let _ = stream.set_nodelay(true);
            let service = routes.clone().layer(Extension(Local(local.ip())));
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(LONGEST_HEAD)
                .max_header_size(LARGEST_HEAD)
                .max_buf_size(4 * LARGEST_HEAD)
                .serve_connection(
                    Patient::new(TokioIo::new(stream), LONGEST_WRITE),
                    TowerToHyperService::new(service),
                );
            let connection = connections.watch(connection);
            tokio::spawn(async move {
                // What a client did wrong is no news to the author.
                let _ = connection.await;
                drop(place);
            });
        }
    };
    tokio::select! {
        () = accept => {}
        () = end => {}
    }
    drop(listener);
    shop.preview.update(|state| state.is_ending = true);
    let _ = timeout(LONGEST_END, connections.shutdown()).await;
}
