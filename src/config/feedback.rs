//! `[feedback]` as it is meant: where readers say whether a page helped them.

use std::ops::Range;

use super::raw::{FeedbackMethod, RawFeedback};
use crate::path;

/// Where the form at the end of a page leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Feedback {
    /// The address, as a form takes it.
    pub action: String,
    /// How a browser sends what was written.
    pub method: FeedbackMethod,
    /// The name of the field for the answer.
    pub subject: String,
    /// The name of the field for the reader's own words.
    pub text: String,
    /// The name of the field for the address of the page; without it the answer tells the page.
    pub page: Option<String>,
    /// What else is sent: the names and values that the target itself holds. A browser would
    /// write the fields in their place.
    pub fixed: Vec<(String, String)>,
}

impl Feedback {
    /// Resolves the table; gives what is wrong with its address and what to do.
    pub(super) fn resolve(
        raw: RawFeedback,
    ) -> Result<Option<Self>, (Range<usize>, String, &'static str)> {
        let Some(target) = raw.target else { return Ok(None) };
        let (range, target) = (target.span(), target.into_inner());
        if target.is_empty() {
            return Ok(None);
        }
        let is_mail = target.strip_prefix("mailto:").is_some_and(|to| to.contains('@'));
        let is_address = ["https://", "http://", "/"]
            .iter()
            .any(|start| target.strip_prefix(start).is_some_and(|rest| !rest.is_empty()));
        if !is_mail && !is_address || target.contains(char::is_whitespace) {
            let message = format!("feedback cannot be sent to `{target}`");
            let help = "write `mailto:editor@example.org`, the address of an issue form, \
                        or one that takes POST";
            return Err((range, message, help));
        }
        // A mail program and an issue form are opened with what was written, to be sent there.
        let method = match raw.method {
            _ if is_mail => FeedbackMethod::Get,
            Some(method) => method,
            None if target.contains("/issues/new") => FeedbackMethod::Get,
            None => FeedbackMethod::Post,
        };
        let (subject, text, page) = match method {
            FeedbackMethod::Get if is_mail => ("subject", "body", None),
            FeedbackMethod::Get => ("title", "body", None),
            FeedbackMethod::Post => ("answer", "text", Some("page")),
        };
        let (action, fixed) = match method {
            FeedbackMethod::Get => parted(&target),
            FeedbackMethod::Post => (target, Vec::new()),
        };
        let named = |set: Option<String>, usual: &str| set.unwrap_or_else(|| usual.to_owned());
        Ok(Some(Self {
            action,
            method,
            subject: named(raw.subject, subject),
            text: named(raw.text, text),
            page: raw.page.or(page.map(str::to_owned)).filter(|name| !name.is_empty()),
            fixed,
        }))
    }
}

/// Takes an address apart, into what stands before `?` and the fields behind it.
fn parted(target: &str) -> (String, Vec<(String, String)>) {
    let (action, query) = target.split_once('?').unwrap_or((target, ""));
    let plain =
        |part: &str| path::decode(&part.replace('+', " ")).unwrap_or_else(|| part.to_owned());
    let fields = query.split('&').filter(|field| !field.is_empty()).map(|field| {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        (plain(name), plain(value))
    });
    (action.to_owned(), fields.collect())
}

#[cfg(test)]
mod tests {
    use super::super::raw::RawFeedback;
    use super::Feedback;
    use crate::settings;

    fn resolved(text: &str) -> String {
        let (raw, mistakes) = settings::read::<RawFeedback>(text, "a test");
        assert!(mistakes.is_empty(), "{mistakes:?}");
        match Feedback::resolve(raw) {
            Ok(None) => "none".to_owned(),
            Ok(Some(form)) => {
                let Feedback { action, method, subject, text, page, fixed } = form;
                let page = page.unwrap_or_default();
                let said = format!("{} {action} {subject} {text} {page}", method.name());
                let fixed: Vec<_> =
                    fixed.iter().map(|(name, value)| format!(" {name}={value}")).collect();
                format!("{}{}", said.trim_end(), fixed.concat())
            }
            Err((_, message, _)) => message,
        }
    }

    #[test]
    fn the_target_says_how_a_form_is_sent() {
        for (text, expected) in [
            ("", "none"),
            ("target = \"\"", "none"),
            ("target = \"mailto:a@b.org\"", "get mailto:a@b.org subject body"),
            (
                "target = \"https://github.com/o/r/issues/new\"",
                "get https://github.com/o/r/issues/new title body",
            ),
            (
                "target = \"https://github.com/o/r/issues/new?labels=a%2Cb&template=x.yml\"",
                "get https://github.com/o/r/issues/new title body labels=a,b template=x.yml",
            ),
            (
                "target = \"mailto:a@b.org?cc=c@d.org\"",
                "get mailto:a@b.org subject body cc=c@d.org",
            ),
            ("target = \"https://a.org/f?k=1\"", "post https://a.org/f?k=1 answer text page"),
            ("target = \"https://a.org/f\"", "post https://a.org/f answer text page"),
            ("target = \"/api/feedback\"", "post /api/feedback answer text page"),
            (
                "target = \"https://a.org/f\"\nmethod = \"get\"\nsubject = \"issue[title]\"\npage = \"url\"",
                "get https://a.org/f issue[title] body url",
            ),
            ("target = \"editor@example.org\"", "feedback cannot be sent to `editor@example.org`"),
            (
                "target = \"javascript:alert(1)\"",
                "feedback cannot be sent to `javascript:alert(1)`",
            ),
            ("target = \"mailto:\"", "feedback cannot be sent to `mailto:`"),
        ] {
            assert_eq!(resolved(text), expected, "{text}");
        }
    }
}
