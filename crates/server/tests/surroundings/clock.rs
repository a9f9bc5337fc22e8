//! A clock that others do not agree with. The gateway stands for the others: it tells the time that a test wants.

use super::setup::{Said, Site, answers};
use jiff::{SignedDuration, Timestamp, fmt::rfc2822::DateTimePrinter};

async fn beside(seconds: i64) -> Said {
    let mut site = Site::new().await;
    let address = answers(move || {
        let date = Timestamp::now() + SignedDuration::from_secs(seconds);
        let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&date).unwrap();
        format!("HTTP/1.1 405 No\r\ndate: {date}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
    });
    site.set("gateway", "url", Some(&format!("\"http://{address}/gateway\"")));
    site.examine().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_drifts_is_warned_of_and_one_by_which_codes_fail_is_broken() {
    beside(1).await.says("clock-ok", "the gateway");
    beside(15).await.warns_of("clock-drifts");
    beside(45).await.says("clock-off", "behind");
    beside(-600).await.is_broken_by("clock-off");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_anybody_to_ask_the_clock_is_not_judged() {
    let mut site = Site::new().await;
    site.set("gateway", "url", None);
    site.examine().await.warns_of("clock-unknown");
}
