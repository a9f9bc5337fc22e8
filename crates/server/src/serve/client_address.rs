//! Whose address a request comes from, seen through trusted proxies.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName},
    middleware::Next,
    response::Response,
};
use ipnet::IpNet;
use sspr_api::ClientAddress;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The other end of the connection; an extension of every request.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Notes the client's address for the limits.
pub(super) async fn note(State(proxies): State<Arc<[IpNet]>>, mut request: Request, next: Next) -> Response {
    if let Some(Peer(peer)) = request.extensions().get().copied() {
        let client = client(peer.ip().to_canonical(), request.headers(), &proxies);
        request.extensions_mut().insert(ClientAddress(client));
    }
    next.run(request).await
}

/// The last address of the chain that is not one of our proxies. Each proxy appends whom it got the request from, so
/// what stands further left can be invented by the client.
fn client(peer: IpAddr, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let trusted = |address: &IpAddr| proxies.iter().any(|net| net.contains(address));
    let mut client = peer;
    let chain = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
    let chain: Vec<&str> = chain.flat_map(|value| value.split(',')).map(str::trim).collect();
    for entry in chain.into_iter().rev() {
        if !trusted(&client) {
            break;
        }
        match parse(entry) {
            Some(address) => client = address,
            None => break,
        }
    }
    client
}

/// Some proxies write the port too.
fn parse(entry: &str) -> Option<IpAddr> {
    let address = entry.parse().or_else(|_| entry.parse::<SocketAddr>().map(|address| address.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str]) -> String {
        let headers = forwarded.iter().map(|value| (FORWARDED_FOR, value.parse().unwrap())).collect();
        client(peer.parse().unwrap(), &headers, &["10.0.0.0/8".parse().unwrap()]).to_string()
    }

    #[test]
    fn a_stranger_cannot_choose_an_address() {
        assert_eq!(seen("192.0.2.7", &["203.0.113.1"]), "192.0.2.7");
    }

    #[test]
    fn behind_proxies_the_last_stranger_counts() {
        assert_eq!(seen("10.0.0.1", &["203.0.113.1, 198.51.100.9, 10.0.0.2"]), "198.51.100.9");
        assert_eq!(seen("10.0.0.1", &["203.0.113.1", "198.51.100.9:8080"]), "198.51.100.9");
    }

    #[test]
    fn a_proxy_that_says_nothing_sensible_counts_itself() {
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &["unknown"]), "10.0.0.1");
    }
}
