//! Sign-in by a reverse proxy, which names the person in a header.

use crate::{config::HeaderSection, delivery::SetupError, serve::Peer};
use async_trait::async_trait;
use axum::http::{HeaderName, request::Parts};
use ipnet::IpNet;
use jiff::Timestamp;
use sspr_api::{Identified, Identity, IdentityError};

/// Believes the header on connections from the proxy's addresses, and there alone.
#[derive(Clone, Debug)]
pub struct ProxyHeader {
    name: HeaderName,
    authenticated_at: Option<HeaderName>,
    from: Vec<IpNet>,
}

impl ProxyHeader {
    /// As configured.
    pub fn new(section: &HeaderSection) -> Result<Self, SetupError> {
        let name = |key, name: &str| {
            HeaderName::try_from(name)
                .map_err(|_| SetupError::Value { key, why: format!("`{name}` is no header name") })
        };
        Ok(Self {
            name: name("identity.header.name", &section.name)?,
            authenticated_at: section
                .authenticated_at
                .as_deref()
                .map(|header| name("identity.header.authenticated_at", header))
                .transpose()?,
            from: section.from.clone(),
        })
    }
}

#[async_trait]
impl Identity for ProxyHeader {
    async fn identify(&self, request: &Parts) -> Result<Option<Identified>, IdentityError> {
        let mut values = request.headers.get_all(&self.name).iter();
        let Some(value) = values.next() else { return Ok(None) };
        let peer = request.extensions.get::<Peer>().map(|peer| peer.0.ip().to_canonical());
        if !peer.is_some_and(|peer| self.from.iter().any(|net| net.contains(&peer))) {
            return Err(IdentityError::Refused("the identity header did not come from the proxy".into()));
        }
        if values.next().is_some() {
            return Err(IdentityError::Refused("the identity header came twice".into()));
        }
        let identifier = std::str::from_utf8(value.as_bytes()).map(str::trim).unwrap_or_default();
        if identifier.is_empty() {
            return Ok(None);
        }
        let authenticated_at = self
            .authenticated_at
            .as_ref()
            .and_then(|name| request.headers.get(name)?.to_str().ok()?.trim().parse().ok())
            .and_then(|seconds: i64| Timestamp::from_second(seconds).ok());
        Ok(Some(Identified { identifier: identifier.to_owned(), authenticated_at }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn proxy() -> ProxyHeader {
        ProxyHeader::new(&HeaderSection {
            name: "x-remote-user".into(),
            authenticated_at: Some("x-auth-time".into()),
            from: vec!["10.0.0.0/8".parse().unwrap()],
        })
        .unwrap()
    }

    fn request(from: &str, headers: &[(&str, &str)]) -> Parts {
        let mut request = Request::builder().extension(Peer(format!("{from}:4711").parse().unwrap()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    #[tokio::test]
    async fn the_proxy_names_the_person_and_when_they_signed_in() {
        let request = request("10.1.2.3", &[("x-remote-user", "mai"), ("x-auth-time", "1700000000")]);
        let found = proxy().identify(&request).await.unwrap().unwrap();
        assert_eq!(found.identifier, "mai");
        assert_eq!(found.authenticated_at.unwrap().as_second(), 1_700_000_000);
    }

    #[tokio::test]
    async fn nobody_but_the_proxy_may_name_a_person() {
        let request = request("192.0.2.1", &[("x-remote-user", "mai")]);
        assert!(matches!(proxy().identify(&request).await, Err(IdentityError::Refused(_))));
    }

    #[tokio::test]
    async fn two_names_are_refused_and_none_is_nobody() {
        let twice = request("10.1.2.3", &[("x-remote-user", "mai"), ("x-remote-user", "root")]);
        assert!(matches!(proxy().identify(&twice).await, Err(IdentityError::Refused(_))));
        assert_eq!(proxy().identify(&request("10.1.2.3", &[])).await.unwrap(), None);
        let empty = request("10.1.2.3", &[("x-remote-user", " ")]);
        assert_eq!(proxy().identify(&empty).await.unwrap(), None);
    }
}
