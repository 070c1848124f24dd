//! `orgsim graph`: the organization of each design.

use serde_json::{Map, Value};

use crate::cli::arguments::{Graph, GraphFormat};
use crate::cli::asked_file::{allowed, write_or};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::opened::Opened;
use crate::cli::terminal::{Terminal, harmless};
use crate::model::{Design, From, LinkKind, World};
use crate::present::{heads, plot};
use crate::report::organization_picture;
use crate::scenario::LARGEST_FILE;

/// Show one design or all.
pub(super) fn graph(arguments: &Graph, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let out = arguments.out.as_deref();
    allowed(out, arguments.force, arguments.format.is_some(), &["json", "dot", "gv", "svg"])?;
    let opened =
        Opened::read(&arguments.scenario, &arguments.overlaid, LARGEST_FILE, Some(terminal))?;
    let world = &opened.scenario.model.world;
    let designs = opened.designs(arguments.design.as_deref())?;
    let text = match arguments.graph_format() {
        GraphFormat::Json => {
            let all: Map<String, Value> = opened
                .scenario
                .model
                .designs
                .iter()
                .enumerate()
                .filter(|(_, design)| designs.iter().any(|asked| asked.name == design.name))
                .map(|(number, design)| {
                    let graph = opened.scenario.graph(&opened.source, &opened.overlay, number);
                    (design.name.clone(), graph)
                })
                .collect();
            format!("{:#}\n", Value::Object(all))
        }
        GraphFormat::Dot => designs.iter().map(|design| dot(world, design)).collect(),
        GraphFormat::Svg => {
            let [design] = designs.as_slice() else {
                let names: Vec<&str> = designs.iter().map(|design| design.name.as_str()).collect();
                return Err(Failure::usage("a picture shows one design")
                    .help(format!("name it with `--design`: {}", names.join(", "))));
            };
            plot::organization(&organization_picture(
                world,
                &opened.scenario.model.practice,
                design,
                &[],
            ))
        }
    };
    write_or(out, &text, false, terminal, |terminal| terminal.data(&text))?;
    Ok(Exit::Done)
}

impl Graph {
    /// The format asked for, or else the one that the file's name says.
    fn graph_format(&self) -> GraphFormat {
        let by_name = || match self.out.as_deref()?.extension()?.to_str()? {
            "dot" | "gv" => Some(GraphFormat::Dot),
            "svg" => Some(GraphFormat::Svg),
            _ => None,
        };
        self.format.or_else(by_name).unwrap_or(GraphFormat::Json)
    }
}

/// For Graphviz: channels as ellipses, roles as boxes in the frame of their unit.
fn dot(world: &World, design: &Design) -> String {
    let organization = &design.organization;
    let mut text = format!(
        "digraph {} {{\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n",
        dot_text(&design.name)
    );
    for (number, channel) in world.channels.iter().enumerate() {
        text.push_str(&format!(
            "  c{number} [shape=ellipse, label={}];\n",
            dot_text(&channel.name)
        ));
    }
    let units: Vec<Option<usize>> =
        std::iter::once(None).chain((0..world.units.len()).map(Some)).collect();
    for unit in units {
        let roles: Vec<String> = organization
            .roles()
            .filter(|(_, role)| role.unit.map(|unit| unit.index()) == unit)
            .map(|(id, role)| {
                let people = role.headcount().map_or("any number".to_owned(), heads);
                format!(
                    "  r{} [shape=box, label={}];\n",
                    id.0,
                    dot_text(&format!("{} ({people})", role.name))
                )
            })
            .collect();
        match unit {
            Some(unit) if !roles.is_empty() => {
                let name = dot_text(&world.units[unit]);
                text.push_str(&format!(
                    "  subgraph cluster_{unit} {{\n  label={name};\n{}  }}\n",
                    roles.concat()
                ));
            }
            _ => text.push_str(&roles.concat()),
        }
    }
    for (from, to, link) in organization.links() {
        let from = match from {
            From::Channel(id) => format!("c{}", id.0),
            From::Role(id) => format!("r{}", id.0),
        };
        let (name, style) = match link.kind {
            LinkKind::Intake { .. } => ("", "solid"),
            LinkKind::Listen => ("listens", "dotted"),
            LinkKind::RouteShare(_) | LinkKind::Route(_) => ("routes", "solid"),
            LinkKind::Overflow(_) => ("overflows", "solid"),
            LinkKind::Consult => ("asks", "dashed"),
            LinkKind::Escalate => ("escalates", "bold"),
            LinkKind::Approve => ("needs approval", "dashed"),
            LinkKind::Report => ("reports", "dotted"),
            LinkKind::Policy(_) => ("playbook", "dotted"),
        };
        text.push_str(&format!(
            "  {from} -> r{} [label={}, style={style}];\n",
            to.0,
            dot_text(name)
        ));
    }
    text.push_str("}\n");
    text
}

/// A text between double quotes as Graphviz reads it.
fn dot_text(text: &str) -> String {
    let safe = harmless(text).replace('\n', " ").replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{safe}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_quotes_in_dot() {
        assert_eq!(dot_text("a\" ]; evil [label=\"\\"), "\"a\\\" ]; evil [label=\\\"\\\\\"");
        assert_eq!(dot_text("a\nb"), "\"a b\"");
    }
}
