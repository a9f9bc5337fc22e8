//! Somebody who is signed in by cookie, and who may leave out what belongs to a request.

use crate::{
    site::Site,
    support::{Answer, Running},
};
use reqwest::Method;
use serde_json::Value;

/// Everybody's password at first.
pub(crate) const OLD: &str = "Old-Harbor-42";
/// One that the policy takes.
pub(crate) const NEW: &str = "Marked-Harbour-77";

pub(crate) struct Person {
    pub(crate) cookie: String,
    pub(crate) csrf: String,
}

impl Person {
    pub(crate) async fn sign_in(site: &Site, name: &str) -> Self {
        let answer = site.sign_in(name, OLD).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        Self {
            cookie: cookie.split(';').next().unwrap().to_owned(),
            csrf: answer.json()["csrf"].as_str().unwrap().to_owned(),
        }
    }

    pub(crate) fn headers(&self) -> [(&'static str, String); 2] {
        [("cookie", self.cookie.clone()), ("x-csrf-token", self.csrf.clone())]
    }

    pub(crate) async fn post(&self, site: &Site, path: &str, body: &Value) -> Answer {
        site.post(path, body, &self.headers()).await
    }

    pub(crate) async fn get(&self, site: &Site, path: &str) -> Answer {
        let request = site.request(Method::GET, &format!("/sspr/v1{path}"));
        Running::answered(request.header("cookie", &self.cookie)).await
    }
}
