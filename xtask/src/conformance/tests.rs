//! The kit against our own server: all of it holds, and whatever is broken on the way is named.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;

use serde_json::Value;

use super::client::{NO_FAULT, NO_STORE, PROBLEMS, RETRY_AFTER};
use super::*;

/// A request that passes, or an answer to it.
struct Passing {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: String,
    /// 0 in a request.
    status: u16,
}

impl Passing {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
    }

    fn drop(&mut self, name: &str) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }

    fn set(&mut self, name: &str, value: &str) {
        self.drop(name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    fn has(&self, method: &str, path: &str) -> bool {
        self.method == method && self.path.ends_with(path)
    }

    /// Changes the body, where it is JSON.
    fn edit(&mut self, change: impl FnOnce(&mut Value)) {
        if let Ok(mut json) = serde_json::from_str(&self.body) {
            change(&mut json);
            self.body = json.to_string();
        }
    }
}

/// What a bad server does: to a request before ours gets it, and to our answer.
struct Fault {
    name: &'static str,
    /// The check that has to find it, by a part of its sentence.
    found_by: &'static str,
    request: fn(&mut Passing),
    answer: fn(&Passing, &mut Passing),
}

const AS_IT_IS: fn(&mut Passing) = |_| ();

const FAULTS: &[Fault] = &[
    Fault {
        name: "answers may be kept",
        found_by: NO_STORE,
        request: AS_IT_IS,
        answer: |_, answer| answer.drop("cache-control"),
    },
    Fault {
        name: "a refusal is plain JSON",
        found_by: PROBLEMS,
        request: AS_IT_IS,
        answer: |_, answer| {
            if answer.status >= 400 {
                answer.set("content-type", "application/json")
            }
        },
    },
    Fault {
        name: "nesting makes it fail",
        found_by: NO_FAULT,
        request: AS_IT_IS,
        answer: |request, answer| {
            if request.body.contains("[[[[") {
                answer.status = 500
            }
        },
    },
    Fault {
        name: "it does not say when again",
        found_by: RETRY_AFTER,
        request: AS_IT_IS,
        answer: |_, answer| answer.drop("retry-after"),
    },
    Fault {
        name: "describe has no ETag",
        found_by: "by its ETag",
        request: AS_IT_IS,
        answer: |_, answer| answer.drop("etag"),
    },
    Fault {
        name: "describe tells somebody's own terms",
        found_by: "without anybody's own terms",
        request: AS_IT_IS,
        answer: |request, answer| {
            if request.has("GET", "/describe") {
                answer.edit(|it| it["policy"]["personal_terms"] = json!(["blair"]));
            }
        },
    },
    Fault {
        name: "a form is taken for JSON",
        found_by: "refused by 415",
        request: |request| request.set("content-type", "application/json"),
        answer: |_, _| (),
    },
    Fault {
        name: "a solution of work starts as many as one likes",
        found_by: "starts one recovery",
        request: AS_IT_IS,
        answer: |request, answer| {
            if request.has("POST", "/recovery") && answer.status == 403 && request.body.contains("captcha") {
                answer.status = 202;
            }
        },
    },
    Fault {
        name: "keys of repeated requests are ignored",
        found_by: "same answer again",
        request: |request| request.drop("idempotency-key"),
        answer: |_, _| (),
    },
    Fault {
        name: "every origin is allowed",
        found_by: "no other origin is allowed",
        request: AS_IT_IS,
        answer: |request, answer| {
            if let Some(origin) = request.header("origin") {
                answer.set("access-control-allow-origin", origin);
            }
        },
    },
    Fault {
        name: "requests of other sites are carried out",
        found_by: "from another site is refused",
        request: |request| {
            request.drop("sec-fetch-site");
            if request.method == "POST" {
                request.drop("origin");
            }
        },
        answer: |_, _| (),
    },
    Fault {
        name: "an unknown person is not found",
        found_by: "somebody known and somebody unknown",
        request: AS_IT_IS,
        answer: |request, answer| {
            if request.has("POST", "/recovery") && !request.body.contains(PERSON) {
                answer.edit(|it| it["methods"] = json!([]));
            }
        },
    },
    Fault {
        name: "a known person's answer is longer",
        found_by: "somebody known and somebody unknown",
        request: AS_IT_IS,
        answer: |request, answer| {
            if request.has("POST", "/recovery") && request.body.contains(PERSON) {
                answer.body.push(' ');
            }
        },
    },
    Fault {
        name: "a token may stand in the query",
        found_by: "in the query or a cookie",
        request: |request| {
            if let Some((path, query)) = request.path.clone().split_once('?') {
                request.path = path.to_owned();
                let token = query.split('&').next().and_then(|it| it.strip_prefix("flow="));
                request.set("sspr-flow", token.unwrap_or_default());
            }
        },
        answer: |_, _| (),
    },
    Fault {
        name: "a wrong code is answered by 200",
        found_by: "code-incorrect and costs one try",
        request: AS_IT_IS,
        answer: |_, answer| {
            if answer.status == 422 {
                answer.status = 200
            }
        },
    },
    Fault {
        name: "wrong codes cost nothing",
        found_by: "code-incorrect and costs one try",
        request: AS_IT_IS,
        answer: |_, answer| {
            answer.edit(|it| {
                if it["attempts_left"].is_u64() {
                    it["attempts_left"] = json!(5)
                }
            })
        },
    },
    Fault {
        name: "the token stays after the proof",
        found_by: "gives a new token",
        request: AS_IT_IS,
        answer: |request, answer| {
            if request.has("POST", "/verify") && answer.status == 200 {
                let old = request.header("sspr-flow").unwrap_or_default().to_owned();
                answer.edit(|it| it["flow"] = json!(old));
            }
        },
    },
    Fault {
        name: "the flow of a rejected password does not say why",
        found_by: "rule by rule",
        request: AS_IT_IS,
        answer: |_, answer| answer.edit(|it| drop(it.as_object_mut().and_then(|it| it.remove("violations")))),
    },
    Fault {
        name: "a password comes back in its refusal",
        found_by: "rule by rule",
        request: AS_IT_IS,
        answer: |request, answer| {
            if request.has("POST", "/recovery/password") && answer.status == 422 {
                answer.edit(|it| it["new_password"] = json!("a"));
            }
        },
    },
    Fault {
        name: "the token against forgery is not asked for",
        found_by: "its token against forgery",
        request: AS_IT_IS,
        answer: |_, answer| {
            if answer.status == 403 {
                answer.status = 200
            }
        },
    },
    Fault {
        name: "methods are shown whole",
        found_by: "without showing them",
        request: AS_IT_IS,
        answer: |request, answer| {
            if request.has("GET", "/me/methods") {
                answer.edit(|it| it["methods"][0]["masked"] = json!("blair@home.example"));
            }
        },
    },
];

/// A server in front of ours that breaks one thing. It ends with this program.
fn bad_server(upstream: String, fault: &'static Mutex<Option<&'static Fault>>) -> String {
    let server = tiny_http::Server::http("127.0.0.1:0").expect("a free port");
    let own = format!("http://{}/sspr/v1", server.server_addr());
    thread::spawn(move || {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        let agent = ureq::Agent::from(config);
        for mut incoming in server.incoming_requests() {
            let mut body = String::new();
            let _ = incoming.as_reader().read_to_string(&mut body);
            let plain = |it: &tiny_http::Header| (it.field.to_string().to_lowercase(), it.value.to_string());
            let mut request = Passing {
                method: incoming.method().to_string(),
                path: incoming.url().to_owned(),
                headers: incoming.headers().iter().map(plain).collect(),
                body,
                status: 0,
            };
            let fault = *fault.lock().expect("nobody panics with it");
            if let Some(fault) = fault {
                (fault.request)(&mut request);
            }
            let mut answer = ask(&agent, &upstream, &request);
            if let Some(fault) = fault {
                (fault.answer)(&request, &mut answer);
            }
            let mut response = tiny_http::Response::from_string(answer.body).with_status_code(answer.status);
            // It has its own, without a charset.
            response = answer.headers.iter().fold(response, |response, (name, value)| {
                match tiny_http::Header::from_bytes(name.as_bytes(), value.as_bytes()) {
                    Ok(header) => response.with_header(header),
                    Err(()) => response,
                }
            });
            let _ = incoming.respond(response);
        }
    });
    own
}

/// Ours, asked the same.
fn ask(agent: &ureq::Agent, upstream: &str, request: &Passing) -> Passing {
    let mut sent = ureq::http::Request::builder()
        .method(request.method.as_str())
        .uri(format!("{upstream}{}", request.path));
    for (name, value) in &request.headers {
        if !["host", "content-length", "connection", "transfer-encoding", "accept-encoding"]
            .contains(&&**name)
        {
            sent = sent.header(name, value);
        }
    }
    let mut answer = agent.run(sent.body(request.body.clone()).expect("a request")).expect("ours answers");
    let kept = |name: &str| !["content-length", "transfer-encoding", "connection"].contains(&name);
    let headers = answer
        .headers()
        .iter()
        .filter(|(name, _)| kept(name.as_str()))
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    Passing {
        method: request.method.clone(),
        path: request.path.clone(),
        headers,
        body: answer.body_mut().read_to_string().expect("a body"),
        status: answer.status().as_u16(),
    }
}

#[test]
fn whatever_a_server_does_wrong_is_named() {
    static FAULT: Mutex<Option<&Fault>> = Mutex::new(None);
    let folder = std::env::temp_dir().join(format!("sspr-conformance-{}", std::process::id()));
    with_our_server(&folder, |setup| {
        let upstream = setup.url.trim_end_matches("/sspr/v1").to_owned();
        let through = bad_server(upstream, &FAULT);
        let lent = |url: &str| {
            let codes = match &setup.codes {
                Some(Codes::List(list)) => Some(Codes::List(list.clone())),
                _ => None,
            };
            Setup {
                url: url.to_owned(),
                identifier: setup.identifier.clone(),
                codes,
                origin: setup.origin.clone(),
            }
        };
        let broken = |areas: &BTreeSet<&str>| -> Vec<String> {
            let lines = hold(lent(&through), |check| areas.contains(check.area)).expect("it is described");
            let of = |line: Line| match line.result {
                Result::Broken(seen) => Some(format!("{}: {seen}", line.says)),
                _ => None,
            };
            lines.into_iter().filter_map(of).collect()
        };
        let all: BTreeSet<&str> = checks().map(|check| check.area).collect();
        assert_eq!(broken(&all), Vec::<String>::new(), "nothing is broken by the way itself");
        for fault in FAULTS {
            *FAULT.lock().expect("nobody panics with it") = Some(fault);
            let area = checks().find(|check| check.says.contains(fault.found_by)).map(|check| check.area);
            // What holds everywhere is looked for where every kind of answer is.
            let areas =
                area.map_or_else(|| BTreeSet::from(["bodies", "challenge"]), |area| BTreeSet::from([area]));
            let found = broken(&areas);
            assert!(
                found.iter().any(|it| it.contains(fault.found_by)),
                "{}: found is {found:#?}",
                fault.name
            );
        }
    })
    .unwrap_or_else(|trouble| panic!("{trouble}"));
    let _ = std::fs::remove_dir_all(&folder);
}

#[test]
fn the_documentation_lists_every_check() {
    let file = paths::root().join("docs/conformance.md");
    let text = std::fs::read_to_string(&file).expect("docs/conformance.md");
    let (head, _) = text.split_once(LISTED).expect("the list's heading");
    let mut list = String::new();
    let mut area = "";
    for (of, says) in
        checks().map(|it| (it.area, it.says)).chain(client::EVERYWHERE.map(|says| ("every answer", says)))
    {
        if of != area {
            area = of;
            list += &format!("\n**{area}**\n\n");
        }
        list += &format!("* {says}\n");
    }
    let expected = format!("{head}{LISTED}{list}");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, &expected).expect("it can be written");
        return;
    }
    assert!(text == expected, "run it with UPDATE_DOCS=1");
}

/// Where the list begins.
const LISTED: &str = "## What is checked\n";
