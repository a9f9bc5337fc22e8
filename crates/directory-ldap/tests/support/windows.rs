//! A controller that says of itself what Windows says and Samba 4.17 does not: that it knows policy hints. It has one
//! person, whose passwords it all refuses.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const SEQUENCE: u8 = 0x30;
const TEXT: u8 = 4;
/// `[APPLICATION n]` of requests and answers (RFC 4511).
const BIND: [u8; 2] = [0x60, 0x61];
const SEARCH: [u8; 2] = [0x63, 0x65];
const ENTRY: u8 = 0x64;
const MODIFY: [u8; 2] = [0x66, 0x67];

const REFUSAL: &str = "0000052D: SvcErr: DSID-031A124C, problem 5003 (WILL_NOT_PERFORM), data 0";

/// The changes that were asked for, each as it came.
type Changes = Arc<Mutex<Vec<Vec<u8>>>>;

/// The address of the controller, and what it was asked to change.
pub(crate) async fn start() -> (String, Changes) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (url, changes) = (format!("ldap://{}", listener.local_addr().unwrap()), Changes::default());
    let asked = changes.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, asked.clone()));
        }
    });
    (url, changes)
}

async fn serve(mut stream: TcpStream, changes: Changes) {
    let mut read = Vec::new();
    while stream.read_buf(&mut read).await.is_ok_and(|count| count > 0) {
        while let Some((message, length)) =
            element(&read).map(|(_, content, length)| (content.to_vec(), length))
        {
            read.drain(..length);
            let id = message[..3].to_vec();
            let (tag, operation, _) = element(&message[3..]).unwrap();
            let answers = match tag {
                tag if tag == BIND[0] => vec![done(BIND[1], 0, "")],
                tag if tag == SEARCH[0] => {
                    let (_, base, _) = element(operation).unwrap();
                    vec![entry(base), done(SEARCH[1], 0, "")]
                }
                tag if tag == MODIFY[0] => {
                    changes.lock().unwrap().push(message.clone());
                    vec![done(MODIFY[1], 53, REFUSAL)]
                }
                _ => return,
            };
            for answer in answers {
                stream.write_all(&tlv(SEQUENCE, &[id.clone(), answer].concat())).await.unwrap();
            }
        }
    }
}

/// The entry at a name: the root, the head of the domain, or else the person, whose lock is over.
fn entry(base: &[u8]) -> Vec<u8> {
    let attributes: &[(&str, &[u8])] = match base {
        b"" => &[
            ("defaultNamingContext", b"DC=example,DC=test"),
            ("supportedControl", b"1.2.840.113556.1.4.2239"),
        ],
        b"DC=example,DC=test" => &[
            ("minPwdLength", b"12"),
            ("pwdHistoryLength", b"24"),
            ("minPwdAge", b"-864000000000"),
            ("pwdProperties", b"1"),
        ],
        _ => &[
            ("objectGUID", b"0123456789abcdef"),
            ("sAMAccountName", b"alice"),
            ("lockoutTime", b"134398584663354890"),
        ],
    };
    let attribute = |(name, value): &(&str, &[u8])| {
        let values = tlv(0x31, &tlv(TEXT, value));
        tlv(SEQUENCE, &[tlv(TEXT, name.as_bytes()), values].concat())
    };
    let attributes: Vec<u8> = attributes.iter().flat_map(attribute).collect();
    tlv(ENTRY, &[tlv(TEXT, b"CN=alice,OU=people,DC=example,DC=test"), tlv(SEQUENCE, &attributes)].concat())
}

fn done(tag: u8, code: u8, text: &str) -> Vec<u8> {
    tlv(tag, &[vec![10, 1, code], tlv(TEXT, b""), tlv(TEXT, text.as_bytes())].concat())
}

fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x82, length[0], length[1]], content].concat()
}

/// The first BER element: its tag, its content, and how long it is in all; `None` where it is not all there.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], usize)> {
    let (length, from) = match bytes.get(1..)? {
        [0x82, high, low, ..] => (usize::from(u16::from_be_bytes([*high, *low])), 4),
        [0x81, length, ..] => (usize::from(*length), 3),
        [length @ ..=0x7f, ..] => (usize::from(*length), 2),
        _ => return None,
    };
    Some((bytes[0], bytes.get(from..from + length)?, from + length))
}
