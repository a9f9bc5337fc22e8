//! How many connections there may be: in all, so that memory and files suffice, and from one address, so that nobody
//! takes all of them. What comes from this machine is a proxy in front of us or a visitor who could do worse.

use crate::config::ServerSection;
use ipnet::IpNet;
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Lets connections in.
#[derive(Clone)]
pub(super) struct Admission {
    places: Arc<Semaphore>,
    from: Arc<Mutex<HashMap<IpAddr, u32>>>,
    most: u32,
    proxies: Arc<[IpNet]>,
}

/// The right to be connected, given back when dropped.
pub(super) struct Admitted {
    _place: OwnedSemaphorePermit,
    _seat: Option<Seat>,
}

/// One of the connections of an address.
struct Seat {
    address: IpAddr,
    from: Arc<Mutex<HashMap<IpAddr, u32>>>,
}

impl Admission {
    /// As `[server]` says.
    pub(super) fn new(section: &ServerSection) -> Self {
        let places = usize::try_from(section.connections).unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            places: Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS))),
            from: Arc::default(),
            most: section.connections_per_address,
            proxies: section.trusted_proxies.clone().into(),
        }
    }

    /// Waits until there is a place at all. Who is not yet taken waits with the operating system.
    pub(super) async fn place(&self) -> Option<OwnedSemaphorePermit> {
        // It is never closed, so this is never `None`.
        self.places.clone().acquire_owned().await.ok()
    }

    /// Takes the place for somebody; `None` where their address has too many.
    pub(super) fn admit(&self, place: OwnedSemaphorePermit, peer: IpAddr) -> Option<Admitted> {
        let peer = peer.to_canonical();
        if peer.is_loopback() || self.proxies.iter().any(|net| net.contains(&peer)) {
            return Some(Admitted { _place: place, _seat: None });
        }
        let address = one_host(peer);
        let mut from = self.from.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = from.entry(address).or_default();
        if *taken >= self.most {
            return None;
        }
        *taken += 1;
        let seat = Seat { address, from: self.from.clone() };
        Some(Admitted { _place: place, _seat: Some(seat) })
    }
}

/// A host of IPv6 has a whole /64 to choose from.
fn one_host(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64)).into(),
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut from = self.from.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = from.get_mut(&self.address) {
            *taken -= 1;
            if *taken == 0 {
                from.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission() -> Admission {
        Admission::new(&ServerSection {
            connections: 16,
            connections_per_address: 2,
            trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
            ..ServerSection::default()
        })
    }

    async fn from(admission: &Admission, address: &str) -> Option<Admitted> {
        admission.admit(admission.place().await.unwrap(), address.parse().unwrap())
    }

    #[tokio::test]
    async fn an_address_has_so_many_and_gets_them_back() {
        let admission = admission();
        let first = from(&admission, "192.0.2.1").await;
        let second = from(&admission, "::ffff:192.0.2.1").await;
        assert!(first.is_some() && second.is_some());
        assert!(from(&admission, "192.0.2.1").await.is_none());
        assert!(from(&admission, "192.0.2.2").await.is_some());
        drop(first);
        assert!(from(&admission, "192.0.2.1").await.is_some());
        drop(second);
        assert!(admission.from.lock().unwrap().is_empty(), "nobody is remembered who is gone");
    }

    #[tokio::test]
    async fn one_network_of_version_six_is_one_host() {
        let admission = admission();
        let kept = [from(&admission, "2001:db8::1").await, from(&admission, "2001:db8::2").await];
        assert!(kept.iter().all(Option::is_some));
        assert!(from(&admission, "2001:db8::3").await.is_none());
    }

    #[tokio::test]
    async fn a_proxy_of_ours_may_have_all_there_are_and_no_more() {
        let admission = admission();
        let mut kept = Vec::new();
        for _ in 0..16 {
            kept.push(from(&admission, if kept.len() < 8 { "10.0.0.1" } else { "127.0.0.1" }).await.unwrap());
        }
        let place = tokio::time::timeout(std::time::Duration::from_millis(20), admission.place()).await;
        assert!(place.is_err(), "a seventeenth must wait");
        kept.pop();
        assert!(from(&admission, "10.0.0.1").await.is_some());
    }
}
