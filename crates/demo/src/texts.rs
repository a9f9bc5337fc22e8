//! The demonstration page's own texts. The widget brings its own, and the service writes the mails.

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// English.
    English,
    /// Japanese.
    Japanese,
}

impl Language {
    /// The language of a BCP 47 tag; English for everything that the page is not written in.
    pub(crate) fn from_tag(tag: &str) -> Self {
        match tag.get(..2) {
            Some(primary) if primary.eq_ignore_ascii_case("ja") => Self::Japanese,
            _ => Self::English,
        }
    }

    /// Its BCP 47 tag.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }

    /// The text of a key; the key itself where there is none, which a test rules out.
    pub(crate) fn text(self, key: &'static str) -> &'static str {
        self.find(key).unwrap_or(key)
    }

    /// The text of a key that comes from the page's HTML.
    pub(crate) fn find(self, key: &str) -> Option<&'static str> {
        let (_, english, japanese) = TEXTS.iter().find(|(name, ..)| *name == key)?;
        Some(match self {
            Self::English => english,
            Self::Japanese => japanese,
        })
    }
}

/// Key, English, Japanese.
const TEXTS: &[(&str, &str, &str)] = &[
    ("language", "Language", "言語"),
    ("theme", "Colours", "配色"),
    ("theme.system", "As the system", "システムに合わせる"),
    ("theme.light", "Light", "ライト"),
    ("theme.dark", "Dark", "ダーク"),
    ("sign-in.title", "Sign in to the intranet", "社内ポータルにサインイン"),
    ("sign-in.identifier", "E-mail address or user name", "メールアドレスまたはユーザー名"),
    ("sign-in.password", "Password", "パスワード"),
    ("sign-in.submit", "Sign in", "サインイン"),
    ("sign-in.forgot", "Forgot your password?", "パスワードをお忘れですか？"),
    (
        "sign-in.helpdesk",
        "Ask the helpdesk to reset your password",
        "ヘルプデスクにパスワードの再設定を依頼する",
    ),
    (
        "sign-in.refused",
        "That did not work. Check the user name and the password.",
        "サインインできませんでした。ユーザー名とパスワードをご確認ください。",
    ),
    (
        "sign-in.unreachable",
        "The server cannot be reached. Try again in a moment.",
        "サーバーに接続できません。しばらくしてからもう一度お試しください。",
    ),
    ("start.welcome", "Good to see you", "ようこそ"),
    ("start.sign-out", "Sign out", "サインアウト"),
    ("start.news", "News", "お知らせ"),
    (
        "start.news.canteen",
        "The canteen on the quay opens at eleven this week.",
        "今週、埠頭の社員食堂は 11 時に開店します。",
    ),
    (
        "start.news.ferry",
        "Ferry tickets for the summer outing are at the front desk.",
        "夏の社員旅行のフェリー乗船券は受付でお渡ししています。",
    ),
    ("gallery", "Every screen of the elements, side by side", "すべての画面を並べて見る"),
    ("messages.title", "Messages sent to you", "届いたメッセージ"),
    (
        "messages.note",
        "Mails, texts and calls of this demonstration. Nothing leaves this machine.",
        "このデモのメール、SMS、電話の内容です。外部には何も送信されません。",
    ),
    ("messages.none", "Nothing yet.", "まだ何も届いていません。"),
    ("messages.email", "Mail", "メール"),
    ("messages.sms", "Text", "SMS"),
    ("messages.voice", "Call", "電話"),
    ("messages.to", "to", "宛先"),
    ("time.title", "Let time pass", "時間を進める"),
    (
        "time.note",
        "Only the service in this page gets older: codes expire, locks end, and after half a year people are asked whether their methods are still right.",
        "このページ内のサービスの時計だけが進みます。コードの期限切れ、ロックの解除、半年後の本人確認方法の見直しを試せます。",
    ),
    ("time.minutes", "10 minutes", "10 分"),
    ("time.hours", "2 hours", "2 時間"),
    ("time.months", "Half a year", "半年"),
    ("time.passed", "Time passed.", "時間を進めました。"),
    ("people.title", "People to try", "お試し用アカウント"),
    ("people.password", "Password", "パスワード"),
    ("people.use", "Use", "使う"),
    (
        "people.note.inside",
        "Everything runs inside this page. Loading it again starts afresh.",
        "すべてこのページの中で動作します。再読み込みすると最初の状態に戻ります。",
    ),
    (
        "people.note.server",
        "This page talks to the reference server on this machine.",
        "このページは、このコンピューター上の参照サーバーと通信しています。",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_exists_once_in_both_languages() {
        for (at, (key, english, japanese)) in TEXTS.iter().enumerate() {
            assert!(!english.is_empty(), "{key} has no English text");
            assert_ne!(english, japanese, "{key} has no Japanese text");
            assert!(TEXTS[..at].iter().all(|(earlier, ..)| earlier != key), "{key} is there twice");
        }
    }

    #[test]
    fn the_html_names_only_texts_that_exist_and_shows_the_english_ones() {
        let html = include_str!("../../../index.html");
        for part in html.split("data-text=\"").skip(1) {
            let (key, rest) = part.split_once('"').expect("the attribute ends");
            let (_, rest) = rest.split_once('>').expect("the tag ends");
            let (shown, _) = rest.split_once('<').expect("the element ends");
            assert_eq!(Language::English.find(key), Some(shown), "{key}");
        }
    }

    #[test]
    fn a_language_is_found_by_its_primary_subtag() {
        assert_eq!(Language::from_tag("ja-JP"), Language::Japanese);
        assert_eq!(Language::from_tag("JA"), Language::Japanese);
        assert_eq!(Language::from_tag("de"), Language::English);
        assert_eq!(Language::from_tag("日"), Language::English);
    }
}
