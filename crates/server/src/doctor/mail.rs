//! Whether the mail server would take a mail: connection, TLS, sign-in, and a mail only where one is asked for.

use super::{Code, Finding};
use crate::{
    config::{Config, load_secret},
    delivery::{MailStage, Outcome, Smtp},
};

pub(super) async fn findings(config: &Config, send_to: Option<&str>) -> Vec<Finding> {
    let smtp = match prepared(config) {
        Ok(smtp) => smtp,
        Err(why) => return vec![Finding::new(Code::MailConfig, why)],
    };
    let server = format!("{}:{}", config.smtp.host, config.smtp.port);
    let mut findings = match smtp.try_out().await {
        Ok(()) => vec![Finding::new(Code::MailOk, format_args!("The mail server {server} lets us in."))],
        Err((stage, why)) => {
            let code = match stage {
                MailStage::Connect => Code::MailUnreachable,
                MailStage::Tls => Code::MailTls,
                MailStage::SignIn => Code::MailSignIn,
            };
            return vec![Finding::new(code, format_args!("{server}: {why}."))];
        }
    };
    if let Some(to) = send_to {
        findings.push(sent(&smtp, to).await);
    }
    findings
}

fn prepared(config: &Config) -> Result<Smtp, String> {
    let password = load_secret("SSPR_SMTP_PASSWORD", config.smtp.password_file.as_deref());
    let password = password.map_err(|error| format!("smtp.password_file: {error}"))?;
    Smtp::new(&config.smtp, password.as_ref()).map_err(|error| error.to_string())
}

async fn sent(smtp: &Smtp, to: &str) -> Finding {
    let id = format!("doctor-{}", jiff::Timestamp::now().as_millisecond());
    let text = "This is a test of sspr-server doctor. Nothing is to be done.";
    match smtp.send(&id, to, "Test of sspr-server", text, &format!("<p>{text}</p>")).await {
        Outcome::Accepted => Finding::new(Code::MailSent, "The mail server took the test mail."),
        Outcome::Later { why, .. } | Outcome::Refused(why) => {
            Finding::new(Code::MailNotSent, format_args!("The test mail was not taken: {why}."))
        }
    }
}
