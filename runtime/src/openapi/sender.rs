//! What documents and tables say about the senders of tokens: takes a scheme's `SENDER`, yields members of its Security Scheme Object,
//! from which tables read it again.

use serde_json::{Map, Value, json};

use crate::scheme::sender::Sender;

/// The extension of a Security Scheme Object with what the scheme asks of senders. Without it, the scheme takes bearer tokens only.
const SENDER: &str = "x-sender";

/// Adds the extension, and a sentence to the description, because no member of OpenAPI can say it.
pub(super) fn describe(definition: &mut Value, sender: &Sender) {
    let mut extension = Map::new();
    if !sender.dpop_algorithms().is_empty() {
        extension.insert("dpop".to_owned(), json!(sender.dpop_algorithms()));
    }
    for (member, is_so) in [
        ("certificate", sender.takes_certificates()),
        ("required", sender.is_required()),
        ("unchecked", sender.is_unchecked()),
    ] {
        if is_so {
            extension.insert(member.to_owned(), true.into());
        }
    }
    if extension.is_empty() {
        return;
    }
    definition[SENDER] = extension.into();
    let before = definition["description"].as_str().map(|text| format!("{text}\n\n")).unwrap_or_default();
    definition["description"] = format!("{before}{}", sentence(sender)).into();
}

fn sentence(sender: &Sender) -> String {
    if sender.is_unchecked() {
        return "Whether the client is the one that a token is bound to is checked in front of this service."
            .to_owned();
    }
    let proof = format!("with a DPoP proof (`{}`)", sender.dpop_algorithms().join("`, `"));
    let ways = match (sender.dpop_algorithms().is_empty(), sender.takes_certificates()) {
        (false, false) => proof,
        (true, _) => "with the client certificate that they are bound to".to_owned(),
        (false, true) => format!("{proof} or with the client certificate that they are bound to"),
    };
    if sender.is_required() {
        format!("Only tokens that are bound to their sender are accepted, {ways}.")
    } else {
        format!("Tokens that are bound to their sender are accepted {ways}.")
    }
}

/// The name of a scheme with this Security Scheme Object, as tables show it: `OAuth2 (DPoP)` if its tokens have to be bound.
pub(crate) fn shown(name: String, definition: &Value) -> String {
    let sender = &definition[SENDER];
    if sender["required"] != true {
        return name;
    }
    match (sender.get("dpop").is_some(), sender["certificate"] == true) {
        (true, true) => format!("{name} (DPoP or certificate)"),
        (true, false) => format!("{name} (DPoP)"),
        (false, true) => format!("{name} (certificate)"),
        (false, false) => name,
    }
}
