//! Serve: takes connections and hands their requests to the router. `axum::serve` with what it cannot be told: a connection
//! that does not send the head of a request in time, the first or a later one, is closed.

use std::{io::ErrorKind, net::SocketAddr, time::Duration};

use axum::{Extension, Router, extract::ConnectInfo};
use hyper::server::conn::http1::Builder;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, time};
use tower::Layer;

/// Serves until `stop`, and then until the requests under way are answered. `head`: how long a connection may be silent
/// before and within the head of a request.
pub async fn serve(listener: TcpListener, router: Router, head: Duration, stop: impl Future<Output = ()>) {
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(head);
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (tcp, address): (_, SocketAddr) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                refused(&error).await;
                continue;
            }
        };
        // without this, a page that is sent in parts waits for the client's acknowledgement between them
        if let Err(error) = tcp.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
        let service = TowerToHyperService::new(Extension(ConnectInfo(address)).layer(router.clone()));
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(tcp), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// A connection that could not be taken: the client's business, or no room for more; then a second passes.
async fn refused(error: &std::io::Error) {
    let theirs = matches!(
        error.kind(),
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    );
    if !theirs {
        tracing::error!(%error, "a connection could not be taken");
        time::sleep(Duration::from_secs(1)).await;
    }
}
