//! Whether the service that judges a captcha answers, and refuses what nobody solved.

use super::{Code, Finding};
use crate::{
    captcha::HttpJudge,
    config::{CaptchaKind, Config},
};
use sspr_service::captcha::CaptchaJudge;

pub(super) async fn finding(config: &Config) -> Finding {
    if config.captcha.kind != CaptchaKind::External {
        return Finding::new(Code::CaptchaOwn, "No other service judges who may start.");
    }
    let judge = match HttpJudge::new(&config.captcha) {
        Ok(judge) => judge,
        Err(error) => return Finding::new(Code::CaptchaConfig, error),
    };
    match judge.is_good("sspr-server-doctor").await {
        Ok(false) => Finding::new(Code::CaptchaOk, "The captcha's service answers."),
        Ok(true) => {
            let found = "The captcha's service calls good what nobody solved.";
            Finding::new(Code::CaptchaPasses, found)
        }
        Err(error) => {
            Finding::new(Code::CaptchaUnreachable, format_args!("The captcha's service: {}.", error.0))
        }
    }
}
