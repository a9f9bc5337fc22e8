//! What stands between the page and the server: it hands everything on, and on command it does to a named call what
//! networks, proxies and servers do on a bad day.
//!
//! Every case has a path of its own, `/c/<case>/`, so that many run side by side: what follows it is the server's path or a
//! file of the widget. A signed-in person's cookie is added here, so that each case has its own person.

use super::kinds::{self, Doing};
use crate::world::server::Server;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A call as it came.
pub(super) struct Call {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// An answer on its way to the page.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn new(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: vec![("content-type".into(), kind.into())], body: body.into() }
    }

    fn head(&self, length: Option<usize>) -> String {
        let mut head = format!("HTTP/1.1 {} Said\r\nconnection: close\r\n", self.status);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if let Some(length) = length.filter(|_| self.status != 204) {
            head += &format!("content-length: {length}\r\n");
        }
        head + "\r\n"
    }
}

/// What is known of a case.
#[derive(Default)]
struct Case {
    /// The call and what is to happen to it.
    armed: Option<(String, String)>,
    cookie: Option<String>,
    /// Of every call that the server carried out: its name and its idempotency key.
    acted: Vec<(String, String)>,
    /// Names of the calls that the page sent.
    sent: Vec<String>,
}

pub(super) struct Proxy {
    server: Server,
    dist: PathBuf,
    client: reqwest::Client,
    cases: Mutex<HashMap<String, Case>>,
    /// Bytes of a huge answer that were taken at most.
    pub(super) taken: Mutex<usize>,
}

impl Proxy {
    /// Answers on a listener from now on.
    pub(super) fn start(listener: TcpListener, server: Server) -> Result<Arc<Self>> {
        let dist = std::env::var_os("SSPR_DIST").context("SSPR_DIST names the packaged page")?.into();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
        let proxy = Arc::new(Self { server, dist, client, cases: Mutex::default(), taken: Mutex::default() });
        let answering = proxy.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let proxy = answering.clone();
                tokio::spawn(async move {
                    // A browser that has left hears nothing.
                    let _ = proxy.serve(stream).await;
                });
            }
        });
        Ok(proxy)
    }

    async fn serve(&self, mut stream: TcpStream) -> Result<()> {
        let Some(call) = read(&mut stream).await? else { return Ok(()) };
        let path = call.path.clone();
        let Some((case, rest)) = path.strip_prefix("/c/").and_then(|path| path.split_once('/')) else {
            return send(&mut stream, &self.own(&call).await?).await;
        };
        let name = name_of(&call.method, rest);
        let fault = self.with(case, |it| {
            it.sent.push(name.clone());
            it.armed.as_ref().filter(|(call, _)| *call == name).map(|(_, fault)| fault.clone())
        });
        let doing = fault.as_deref().map_or(Doing::HandOn, kinds::doing);
        match doing {
            Doing::HandOn => send(&mut stream, &self.hand_on(case, &name, rest, &call).await?).await,
            Doing::Slow => {
                tokio::time::sleep(Duration::from_millis(400)).await;
                send(&mut stream, &self.hand_on(case, &name, rest, &call).await?).await
            }
            Doing::Hang => {
                // Until the page gives up.
                let mut nothing = [0];
                let _ = tokio::time::timeout(Duration::from_secs(60), stream.read(&mut nothing)).await;
                Ok(())
            }
            Doing::Close => Ok(()),
            Doing::Say(answer) => send(&mut stream, &answer).await,
            Doing::Huge => self.flood(&mut stream).await,
            Doing::Lose => self.hand_on(case, &name, rest, &call).await.map(drop),
            Doing::Twice => {
                self.hand_on(case, &name, rest, &call).await?;
                send(&mut stream, &self.hand_on(case, &name, rest, &call).await?).await
            }
            Doing::Cut => {
                let answer = self.hand_on(case, &name, rest, &call).await?;
                stream.write_all(answer.head(Some(answer.body.len() + 64)).as_bytes()).await?;
                stream.write_all(&answer.body[..answer.body.len() / 2]).await?;
                Ok(stream.flush().await?)
            }
            Doing::Change(change) => {
                let mut answer = self.hand_on(case, &name, rest, &call).await?;
                answer.body = change(&answer.body);
                send(&mut stream, &answer).await
            }
        }
    }

    /// Ninety-six megabytes, or as many as are taken.
    async fn flood(&self, stream: &mut TcpStream) -> Result<()> {
        let answer = Answer::new(200, "application/json", "");
        stream.write_all(answer.head(None).as_bytes()).await?;
        stream.write_all(b"{\"a\":\"").await?;
        let piece = vec![b'a'; 1 << 16];
        let mut taken = 0;
        while taken < 96 << 20 && stream.write_all(&piece).await.is_ok() {
            taken += piece.len();
        }
        let mut most = self.taken.lock().expect("nobody panics with it");
        *most = taken.max(*most);
        Ok(())
    }

    async fn hand_on(&self, case: &str, name: &str, rest: &str, call: &Call) -> Result<Answer> {
        if !rest.starts_with("sspr/") {
            return Ok(self.file(rest));
        }
        let mut request = self
            .client
            .request(call.method.parse()?, format!("{}/{rest}", self.server.origin))
            .body(call.body.clone());
        for (name, value) in &call.headers {
            if !matches!(name.as_str(), "connection" | "content-length" | "cookie" | "accept-encoding") {
                request = request.header(name, value);
            }
        }
        if let Some(cookie) = self.with(case, |it| it.cookie.clone()) {
            request = request.header("cookie", cookie);
        }
        let answer = request.send().await?;
        let cookie = answer.headers().get("set-cookie").and_then(|it| it.to_str().ok()).map(str::to_owned);
        let status = answer.status().as_u16();
        if (200..300).contains(&status) && call.method != "GET" {
            let key = call.headers.iter().find(|(name, _)| name == "idempotency-key");
            let key = key.map(|(_, key)| key.clone()).unwrap_or_default();
            self.with(case, |it| it.acted.push((name.to_owned(), key)));
        }
        if let Some(cookie) = cookie {
            let pair = cookie.split(';').next().map(str::to_owned);
            self.with(case, |it| it.cookie = pair);
        }
        let kept = ["content-type", "retry-after", "etag", "sspr-request-id", "cache-control"];
        let headers = kept.iter().filter_map(|name| {
            Some(((*name).to_owned(), answer.headers().get(*name)?.to_str().ok()?.to_owned()))
        });
        Ok(Answer { status, headers: headers.collect(), body: answer.bytes().await?.to_vec() })
    }

    /// What the page itself needs, and the commands of its script.
    async fn own(&self, call: &Call) -> Result<Answer> {
        let (path, query) = call.path.split_once('?').unwrap_or((&call.path, ""));
        let query: HashMap<&str, String> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name, unescaped(value)))
            .collect();
        let of = |name: &str| query.get(name).cloned().unwrap_or_default();
        let said = match path {
            "/control/arm" => {
                let armed = Some((of("call"), of("fault"))).filter(|(call, _)| !call.is_empty());
                self.with(&of("case"), |it| it.armed = armed);
                json!({})
            }
            "/control/told" => self.with(&of("case"), |it| json!({ "sent": it.sent, "acted": it.acted })),
            "/control/mail" => self.mail(&of("to"), of("after").parse().unwrap_or(0)).await?,
            "/control/mails" => json!(self.messages(&of("to")).len()),
            "/control/sign-in" => {
                let body = json!({ "identifier": of("person"), "password": of("password") }).to_string();
                let headers = vec![("content-type".into(), "application/json".into())];
                let call =
                    Call { method: "POST".into(), path: String::new(), headers, body: body.into_bytes() };
                let answer = self.hand_on(&of("case"), "sign-in", "sspr/v1/session", &call).await?;
                json!(answer.status)
            }
            path => return Ok(self.file(path.trim_start_matches('/'))),
        };
        Ok(Answer::new(200, "application/json", said.to_string()))
    }

    fn messages(&self, to: &str) -> Vec<sspr_mailbox::Message> {
        self.server.mailbox.messages().into_iter().filter(|message| message.to == to).collect()
    }

    /// The newest message to an address, once there are more than so many.
    async fn mail(&self, to: &str, after: usize) -> Result<Value> {
        for _ in 0..400 {
            let messages = self.messages(to);
            if messages.len() > after {
                return Ok(json!({ "code": messages[0].code, "link": messages[0].link }));
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(json!({ "none": true }))
    }

    fn file(&self, path: &str) -> Answer {
        let path = path.split('?').next().unwrap_or_default();
        let own: Option<&str> = match path {
            "" => Some(PAGE),
            "frame.html" => Some(FRAME),
            "shim.js" => Some(include_str!("shim.js")),
            "hand.js" => Some(include_str!("hand.js")),
            "steps.js" => Some(include_str!("steps.js")),
            "case.js" => Some(include_str!("case.js")),
            _ => None,
        };
        let kind = match path.rsplit_once('.').map(|(_, kind)| kind) {
            Some("js") => "text/javascript",
            Some("css") => "text/css",
            Some("wasm") => "application/wasm",
            Some("json") => "application/json",
            _ => "text/html",
        };
        let body = match own {
            Some(text) => Some(text.as_bytes().to_vec()),
            None if path.contains("..") => None,
            None => std::fs::read(self.dist.join(path)).ok(),
        };
        match body {
            Some(body) => Answer::new(200, kind, body),
            None => Answer::new(404, "text/plain", "none"),
        }
    }

    fn with<R>(&self, case: &str, work: impl FnOnce(&mut Case) -> R) -> R {
        work(self.cases.lock().expect("nobody panics with it").entry(case.to_owned()).or_default())
    }
}

const PAGE: &str =
    "<!doctype html><html lang=en><meta charset=utf-8><title>Faults</title><link rel=icon href=data:,>
<script src=/shim.js></script><script type=module src=/embed/sspr-widget.js></script>
<script type=module src=/embed/sspr-administration.js></script><script type=module src=/case.js></script><body></body></html>";

/// A page of its own for the faults of loading; it embeds the widget from where it lies itself.
const FRAME: &str =
    "<!doctype html><html lang=en><meta charset=utf-8><title>Frame</title><link rel=icon href=data:,>
<script src=/shim.js></script><script type=module src=embed/sspr-widget.js></script><body></body></html>";

/// `POST sspr/v1/me/methods/<id>/verify` is `POST /me/methods/*/verify`; a file is `GET` and its path.
fn name_of(method: &str, rest: &str) -> String {
    let rest = rest.split('?').next().unwrap_or_default();
    let Some(path) = rest.strip_prefix("sspr/v1/") else { return format!("{method} {rest}") };
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["me", "methods", _, more @ ..] => {
            format!("{method} /me/methods/*{}", more.iter().map(|it| format!("/{it}")).collect::<String>())
        }
        _ => format!("{method} /{path}"),
    }
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex: Option<String> = (byte == b'%').then(|| rest.by_ref().take(2).map(char::from).collect());
        bytes.push(hex.and_then(|hex| u8::from_str_radix(&hex, 16).ok()).unwrap_or(byte));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A call; nothing where the browser only opened a connection to have one.
async fn read(stream: &mut TcpStream) -> Result<Option<Call>> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let mut first = lines.next().context("a request line")?.split(' ');
    let (method, path) = (first.next().context("a method")?, first.next().context("a path")?);
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.and_then(|(_, length)| length.parse().ok()).unwrap_or(0);
    let mut body = bytes.split_off(end + 4);
    while body.len() < length {
        if stream.read_buf(&mut body).await? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(Call { method: method.to_owned(), path: path.to_owned(), headers, body }))
}

async fn send(stream: &mut TcpStream, answer: &Answer) -> Result<()> {
    stream.write_all(answer.head(Some(answer.body.len())).as_bytes()).await?;
    if answer.status != 204 {
        stream.write_all(&answer.body).await?;
    }
    Ok(stream.shutdown().await?)
}
