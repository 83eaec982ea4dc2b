//! Questions and answers, where the author asks for them.

use serde::Serialize;

use super::nodes::Ref;
use crate::page::Page;

/// A list of questions.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Faq<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    is_part_of: Ref,
    main_entity: Vec<Question<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Question<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    accepted_answer: Answer,
}

#[derive(Serialize)]
struct Answer {
    #[serde(rename = "@type")]
    kind: &'static str,
    text: String,
}

/// The questions in every `faq` of a page that asks for it; none where none does. `say` gives a
/// text as it is spoken.
pub(super) fn faq<'a>(page: &'a Page, url: &str, say: &dyn Fn(&str) -> String) -> Option<Faq<'a>> {
    let body = &page.body;
    let asks = |parent: usize| {
        let parent = &body.directives[parent];
        parent.name == "faq" && parent.is_set("jsonld")
    };
    let questions = body
        .directives
        .iter()
        .filter(|directive| directive.name == "question" && directive.parent.is_some_and(asks));
    let mut questions = questions.peekable();
    // Few pages have any.
    questions.peek()?;
    let prose = page.texts.open().prose;
    let questions = questions.filter_map(|question| {
        let text = prose.get(question.prose.clone())?;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = question.label.as_deref().filter(|name| !name.is_empty())?;
        let answer = Answer { kind: "Answer", text: say(&text) };
        let is_answered = !answer.text.is_empty();
        is_answered.then_some(Question { kind: "Question", name, accepted_answer: answer })
    });
    let main_entity: Vec<_> = questions.collect();
    (!main_entity.is_empty()).then(|| Faq {
        kind: "FAQPage",
        id: format!("{url}#_faq"),
        is_part_of: Ref { id: url.to_owned() },
        main_entity,
    })
}
