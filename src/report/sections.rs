//! The printed answer as parts of a page: sentences as sentences, tables as tables.

use crate::experiment::{DesignResult, ExperimentResult};
use crate::model::MeasureUnit;
use crate::present::{heads, measured, share};
use crate::report::{Block, Section};
use crate::sim::Cause;

/// The parts of the page for a result whose printed answer is `answer`.
///
/// Numbers come from the result, sentences from the answer, so the page says what the terminal said.
pub fn sections(result: &ExperimentResult, currency: &str, answer: &str) -> Vec<Section> {
    let spoken = Spoken::of(answer);
    if result.plain {
        let columns = Block::Columns(answer.lines().skip(1).collect::<Vec<_>>().join("\n"));
        return vec![Section { heading: "Answer".into(), blocks: vec![columns] }];
    }
    let mut sections = Vec::new();
    sections.extend(spoken.section("ANSWER", "Answer"));
    if !result.goals.is_empty() {
        sections.push(Section { heading: "Goals".into(), blocks: vec![goals(result)] });
    }
    sections.push(Section { heading: "Results".into(), blocks: vec![results(result, currency)] });
    sections.push(Section { heading: "Workload".into(), blocks: vec![workload(result)] });
    sections.push(Section { heading: "Why customers wait".into(), blocks: vec![waits(result)] });
    for (head, heading) in
        [("IT DEPENDS ON", "It depends on"), ("HOW SURE", "How sure"), ("NEXT STEP", "Next step")]
    {
        sections.extend(spoken.section(head, heading));
    }
    sections
}

/// The sentences of an answer by their block.
struct Spoken<'a> {
    blocks: Vec<(&'a str, Vec<&'a str>)>,
}

impl<'a> Spoken<'a> {
    /// A block begins with words in capitals at the left margin and goes on to the next such line.
    fn of(answer: &'a str) -> Spoken<'a> {
        let mut blocks: Vec<(&str, Vec<&str>)> = Vec::new();
        for line in answer.lines() {
            match head(line) {
                Some(head) => blocks.push((head, vec![&line[head.len()..]])),
                None => {
                    if let Some((_, lines)) = blocks.last_mut() {
                        lines.push(line);
                    }
                }
            }
        }
        Spoken { blocks }
    }

    fn section(&self, wanted: &str, heading: &str) -> Option<Section> {
        let (_, lines) = self.blocks.iter().find(|(head, _)| *head == wanted)?;
        let mut sentence = String::new();
        let mut terms: Vec<(String, String)> = Vec::new();
        for line in lines.iter().filter(|line| !line.trim().is_empty()) {
            let indent = line.len() - line.trim_start().len();
            let words = line.trim();
            let term = words.split_once("  ").filter(|_| indent == 2);
            if let Some((term, rest)) = term {
                terms.push((term.to_owned(), rest.trim().to_owned()));
                continue;
            }
            let last = terms.last_mut().map_or(&mut sentence, |(_, text)| text);
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(words);
        }
        let mut blocks = vec![Block::Paragraph(sentence)];
        if !terms.is_empty() {
            blocks.push(Block::Terms(terms));
        }
        Some(Section { heading: heading.into(), blocks })
    }
}

/// The words in capitals with which a line begins, at least four letters of them.
fn head(line: &str) -> Option<&str> {
    let end = line.find(|c: char| !c.is_ascii_uppercase() && c != ' ').unwrap_or(line.len());
    // the first capital of a sentence that follows is none of the head
    let end = line[..end].find("  ").unwrap_or(end);
    let head = line[..end].trim_end();
    (4 <= head.len() && line.starts_with(|c: char| c.is_ascii_uppercase())).then_some(head)
}

fn names(result: &ExperimentResult, first: &str) -> Vec<String> {
    std::iter::once(first.to_owned())
        .chain(result.designs.iter().map(|design| design.name.clone()))
        .collect()
}

fn row(
    name: &str,
    result: &ExperimentResult,
    cell: impl Fn(usize, &DesignResult) -> String,
) -> Vec<String> {
    let cells = result.designs.iter().enumerate().map(|(number, design)| cell(number, design));
    std::iter::once(name.to_owned()).chain(cells).collect()
}

fn goals(result: &ExperimentResult) -> Block {
    let rows = result.goals.iter().map(|goal| {
        let objective = &result.objectives[goal.objective];
        let name = format!("{}: {}", objective.id, objective.goal.text);
        row(&name, result, |design, _| match goal.designs.get(design).copied().flatten() {
            None => "–".into(),
            Some(runs) => {
                let mark = if runs.is_met() {
                    "✓"
                } else if runs.is_missed() {
                    "✗"
                } else {
                    "~"
                };
                format!("{mark} {} of {}", runs.met, runs.of)
            }
        })
    });
    Block::Table { head: names(result, "runs that met the goal"), rows: rows.collect() }
}

fn results(result: &ExperimentResult, currency: &str) -> Block {
    let rows = result.quantities.iter().enumerate().map(|(number, quantity)| {
        row(&quantity.name(), result, |design, _| {
            measured(result.of(design, number), quantity.unit(), currency)
        })
    });
    let told = rows.filter(|row| row[1..].iter().any(|cell| cell != "–"));
    Block::Table { head: names(result, "± is luck only"), rows: told.collect() }
}

fn workload(result: &ExperimentResult) -> Block {
    let rows = result.designs.iter().flat_map(|design| {
        design.roles.iter().map(|role| {
            let people = role.heads.map_or("any number".to_owned(), heads);
            let busy = measured(Some(role.number("utilization")), MeasureUnit::Share, "");
            vec![format!("{}: {}", design.name, role.name), people, busy]
        })
    });
    Block::Table {
        head: ["role", "people", "busy"].map(String::from).to_vec(),
        rows: rows.collect(),
    }
}

fn waits(result: &ExperimentResult) -> Block {
    let of = |design: &DesignResult, cause: Cause| {
        design.scopes.first().and_then(|all| all.causes.get(cause as usize)?.share.mean())
    };
    let waited = Cause::ALL.iter().filter(|&&cause| {
        result.designs.iter().any(|design| of(design, cause).is_some_and(|share| 0.0005 < share))
    });
    let rows = waited.map(|&cause| {
        row(cause.label(), result, |_, design| {
            of(design, cause).map_or("–".into(), |mean| share(mean, None))
        })
    });
    Block::Table { head: names(result, "share of all waiting"), rows: rows.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWER: &str = "Who?\n4 designs\n\nANSWER   It depends. No design\n         is best.\n  Responsive   Outsourced answers\n               most.\n  Proactive    Centralized.\n\nGOALS   (runs)  A  B\nIT DEPENDS ON  (not swept) messages\nNEXT STEP  Cheapest: none.\n";

    #[test]
    fn sentences_of_a_block_are_put_together() {
        let spoken = Spoken::of(ANSWER);
        let answer = spoken.section("ANSWER", "Answer").unwrap();
        assert_eq!(answer.blocks[0], Block::Paragraph("It depends. No design is best.".into()));
        let terms = [("Responsive", "Outsourced answers most."), ("Proactive", "Centralized.")];
        assert_eq!(
            answer.blocks[1],
            Block::Terms(terms.map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec())
        );
        let depends = spoken.section("IT DEPENDS ON", "It depends on").unwrap();
        assert_eq!(depends.blocks, [Block::Paragraph("(not swept) messages".into())]);
        assert!(spoken.section("HOW SURE", "How sure").is_none());
    }
}
