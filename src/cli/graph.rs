//! `orgsim graph`: the organization of each design.

use serde_json::{Map, Value, json};

use crate::cli::arguments::{Graph, GraphFormat};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::opened::Opened;
use crate::cli::terminal::{Terminal, harmless};
use crate::model::{
    Design, Employer, Filter, From, Link, LinkKind, Matter, People, Role, RouteWhen, Work, World,
};
use crate::present::plot;
use crate::report::organization_picture;

/// Show one design or all.
pub(super) fn graph(arguments: &Graph, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let opened =
        Opened::read(&arguments.scenario, &arguments.overlaid, crate::scenario::LARGEST_FILE)?;
    let world = &opened.scenario.model.world;
    let designs = opened.designs(arguments.design.as_deref())?;
    match arguments.format {
        GraphFormat::Json => {
            let all: Map<String, Value> = designs
                .iter()
                .map(|design| (design.name.clone(), json!({ "graph": explicit(world, design) })))
                .collect();
            terminal.data(&format!("{:#}\n", Value::Object(all)))?;
        }
        GraphFormat::Dot => {
            for design in designs {
                terminal.data(&dot(world, design))?;
            }
        }
        GraphFormat::Svg => {
            let [design] = designs.as_slice() else {
                let names: Vec<&str> = designs.iter().map(|design| design.name.as_str()).collect();
                return Err(Failure::usage("a picture shows one design")
                    .help(format!("name it with `--design`: {}", names.join(", "))));
            };
            terminal.data(&plot::organization(&organization_picture(world, design, &[])))?;
        }
    }
    Ok(Exit::Done)
}

/// Roles and links in the words of scenario files.
fn explicit(world: &World, design: &Design) -> Value {
    let organization = &design.organization;
    let roles: Map<String, Value> =
        organization.roles().map(|(_, role)| (role.name.clone(), role_json(world, role))).collect();
    let links: Vec<Value> = organization
        .links()
        .map(|(from, to, link)| link_json(world, design, from, to.0, link))
        .collect();
    json!({ "roles": roles, "links": links })
}

fn role_json(world: &World, role: &Role) -> Value {
    let mut json = Map::new();
    if let Some(unit) = role.unit {
        json.insert("unit".into(), json!(world.units[unit.index()]));
    }
    if let Employer::Vendor(name) = &role.employer {
        json.insert("vendor".into(), json!(name));
    }
    let people = match &role.people {
        People::Infinite => json!("infinite"),
        People::Some(people) => json!(people.len()),
    };
    json.insert("people".into(), people);
    if let People::Some(people) = &role.people {
        let present: f64 = people.iter().map(|person| person.present).sum();
        json.insert(
            "note".into(),
            json!(format!("{present:.2} people present on average during opening hours")),
        );
    }
    match &role.work {
        Work::Serve { service, .. } => {
            let minutes: Vec<f64> = service.iter().map(crate::draws::Law::mean).collect();
            json.insert(
                "service".into(),
                json!(minutes.iter().map(|mean| format!("{mean}m")).collect::<Vec<_>>()),
            );
        }
        Work::Desk(desk) => {
            json.insert(
                "desk".into(),
                json!({ "triage": desk.triage, "answer": desk.answer, "approval": percent(desk.approval) }),
            );
        }
    }
    Value::Object(json)
}

fn link_json(world: &World, design: &Design, from: From, to: u32, link: &Link) -> Value {
    let role = |number: u32| design.organization.role(crate::model::RoleId(number)).name.clone();
    let mut json = Map::new();
    let from = match from {
        From::Channel(id) => world.channels[id.index()].name.clone(),
        From::Role(id) => role(id.0),
    };
    json.insert("from".into(), json!(from));
    json.insert("to".into(), json!(role(to)));
    let tag = match link.kind {
        LinkKind::Intake { own_account } => {
            if own_account {
                json.insert("own_account".into(), json!(true));
            }
            "intake"
        }
        LinkKind::Listen => "listen",
        LinkKind::RouteShare(share) => {
            json.insert("share".into(), json!(percent(share)));
            "route"
        }
        LinkKind::Route(when) => {
            let when = match when {
                RouteWhen::Always => "always",
                RouteWhen::Unknown => "unknown",
                RouteWhen::WrongDesk => "wrong desk",
            };
            json.insert("when".into(), json!(when));
            "route"
        }
        LinkKind::Overflow(after) => {
            json.insert("after".into(), json!(format!("{}m", after.minutes())));
            "overflow"
        }
        LinkKind::Consult => "consult",
        LinkKind::Escalate => "escalate",
        LinkKind::Approve => "approve",
        LinkKind::Report => "report",
    };
    filter_json(world, &link.filter, &mut json);
    if !link.delay.is_zero() {
        json.insert("delay".into(), json!(format!("{}m", link.delay.mean())));
    }
    if link.keeps < 1.0 {
        json.insert("keeps".into(), json!(percent(link.keeps)));
    }
    if 0.0 < link.loses {
        json.insert("loses".into(), json!(percent(link.loses)));
    }
    json!({ tag: json })
}

fn filter_json(world: &World, filter: &Filter, json: &mut Map<String, Value>) {
    if !filter.channels.is_empty() {
        let names: Vec<&str> =
            filter.channels.iter().map(|id| world.channels[id.index()].name.as_str()).collect();
        json.insert("channels".into(), json!(names));
    }
    if !filter.topics.is_empty() {
        let names: Vec<&str> =
            filter.topics.iter().map(|id| world.topics[id.index()].name.as_str()).collect();
        json.insert("topics".into(), json!(names));
    }
    let unit = |id: crate::model::UnitId| world.units[id.index()].as_str();
    match filter.matter {
        None => {}
        Some(Matter::Generic) => {
            json.insert("matter".into(), json!("generic"));
        }
        Some(Matter::Of(id)) => {
            json.insert("matter".into(), json!({ "of": unit(id) }));
        }
        Some(Matter::About(id)) => {
            json.insert("matter".into(), json!({ "anything_about": unit(id) }));
        }
    }
}

fn percent(share: f64) -> String {
    format!("{}%", (share * 1e8).round() / 1e6)
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
                let people = match &role.people {
                    People::Infinite => "any number".to_owned(),
                    People::Some(people) => people.len().to_string(),
                };
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

    #[test]
    fn shares_are_written_without_noise() {
        assert_eq!([percent(0.1 + 0.2), percent(0.15), percent(1.0)], ["30%", "15%", "100%"]);
    }
}
