//! "Did you mean …?"

use serde::Deserialize;
use wordcode::machine::suggest::suggestion;

use crate::support::expected;

#[derive(Deserialize)]
struct Suggestions {
    words: Vec<String>,
    names: Vec<(String, (), Option<String>)>,
    pairs: Vec<(String, Vec<String>, Option<String>)>,
    counts: Vec<(usize, Option<String>)>,
}

fn suggested(name: &str, candidates: &[String]) -> Option<String> {
    let candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
    suggestion(name, &candidates).map(str::to_owned)
}

#[test]
fn the_same_name_is_suggested() {
    let Suggestions { words, names, pairs, counts } = expected("suggestions");
    assert!(names.iter().filter(|(.., found)| found.is_some()).count() > 20);
    for (name, (), found) in names {
        assert_eq!(suggested(&name, &words), found, "{name}");
    }
    for (name, candidates, found) in pairs {
        assert_eq!(suggested(&name, &candidates), found, "{name} among {candidates:?}");
    }
    for (count, found) in counts {
        let mut candidates = vec!["abcdef".to_owned()];
        candidates.extend((1..count).map(|number| format!("zzzzzzzz{}", number - 1)));
        assert_eq!(suggested("abcdeg", &candidates), found, "{count} candidates");
    }
}
