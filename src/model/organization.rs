//! An organization: the graph of channels and roles.

use petgraph::Direction;
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeFiltered, EdgeRef, Reversed};

use crate::model::{ChannelId, From, Link, LinkKind, Overdue, Role, RoleId, Work};
use crate::units::SimTime;

/// A node of the graph.
#[derive(Debug, Clone)]
enum Node {
    Channel,
    Role(Box<Role>),
}

/// One way to organize: roles, and the links between channels and roles.
///
/// Roles and links keep the order in which they were added; that order is the order in which links
/// of a kind are tried. Graph indices stay inside.
#[derive(Debug, Clone)]
pub struct Organization {
    graph: DiGraph<Node, Link>,
    channels: u32,
}

impl Organization {
    /// An organization without roles for a world with so many channels.
    pub fn new(channels: usize) -> Organization {
        let mut graph = DiGraph::new();
        for _ in 0..channels {
            graph.add_node(Node::Channel);
        }
        Organization { graph, channels: channels as u32 }
    }

    /// Add a role.
    pub fn add_role(&mut self, role: Role) -> RoleId {
        let node = self.graph.add_node(Node::Role(Box::new(role)));
        RoleId(node.index() as u32 - self.channels)
    }

    /// Add a link.
    pub fn add_link(&mut self, from: From, to: RoleId, link: Link) {
        self.graph.add_edge(self.node(from), self.node(From::Role(to)), link);
    }

    /// Number of channels.
    pub fn channel_count(&self) -> usize {
        self.channels as usize
    }

    /// Number of roles.
    pub fn role_count(&self) -> usize {
        self.graph.node_count() - self.channels as usize
    }

    /// All roles, in order.
    pub fn roles(&self) -> impl Iterator<Item = (RoleId, &Role)> {
        (0..self.role_count() as u32).map(|i| (RoleId(i), self.role(RoleId(i))))
    }

    /// Whether every role serves and does nothing else, as in a plain network: nobody answers customers.
    pub fn only_serves(&self) -> bool {
        self.roles().all(|(_, role)| matches!(role.work, Work::Serve { .. }))
    }

    /// One role.
    ///
    /// # Panics
    /// If the organization has no such role.
    pub fn role(&self, id: RoleId) -> &Role {
        match &self.graph[self.node(From::Role(id))] {
            Node::Role(role) => role,
            Node::Channel => unreachable!("roles come after channels"),
        }
    }

    /// One role, to be changed.
    ///
    /// # Panics
    /// If the organization has no such role.
    pub fn role_mut(&mut self, id: RoleId) -> &mut Role {
        let node = self.node(From::Role(id));
        match &mut self.graph[node] {
            Node::Role(role) => role,
            Node::Channel => unreachable!("roles come after channels"),
        }
    }

    /// The role of this name.
    pub fn find(&self, name: &str) -> Option<RoleId> {
        self.roles().find(|(_, role)| role.name == name).map(|(id, _)| id)
    }

    /// All links, in the order in which they were added.
    pub fn links(&self) -> impl Iterator<Item = (From, RoleId, &Link)> {
        self.graph.edge_references().map(|edge| {
            let to = RoleId(edge.target().index() as u32 - self.channels);
            (self.from(edge.source()), to, edge.weight())
        })
    }

    /// The links that begin here, in the order in which they were added.
    pub fn links_from(&self, from: From) -> impl Iterator<Item = (RoleId, &Link)> {
        // the graph keeps a node's edges latest first, and none is ever taken away
        let mut edges: Vec<_> = self.graph.edges(self.node(from)).collect();
        edges.reverse();
        edges
            .into_iter()
            .map(|edge| (RoleId(edge.target().index() as u32 - self.channels), edge.weight()))
    }

    /// The same roles, with each link as `with` gives it; a link for which it gives none is left out.
    #[must_use]
    pub fn relinked(&self, with: impl Fn(From, RoleId, &Link) -> Option<Link>) -> Organization {
        let mut new = Organization::new(self.channel_count());
        for (_, role) in self.roles() {
            new.add_role(role.clone());
        }
        for (from, to, link) in self.links() {
            if let Some(link) = with(from, to, link) {
                new.add_link(from, to, link);
            }
        }
        new
    }

    /// Roles that no inquiry can reach from any channel over intake, route, overflow, consult, escalate or
    /// approve links, or over reporting lines where exceptions or late reviews climb them.
    pub fn unreachable_roles(&self) -> Vec<RoleId> {
        let excepts =
            |role: &Role| matches!(&role.work, Work::Desk(desk) if 0.0 < desk.centralization);
        let goes_up = |link: &Link| link.timeout.is_some() && link.overdue == Overdue::NextLevel;
        let climbs = self.roles().any(|(_, role)| excepts(role))
            || self.links().any(|(_, _, link)| goes_up(link));
        let working = self.graph.filter_map(
            |_, node| Some(matches!(node, Node::Channel)),
            |_, link| {
                (link.kind.carries_cases() || climbs && link.kind == LinkKind::Report).then_some(())
            },
        );
        let mut reached = vec![false; working.node_count()];
        let mut next: Vec<NodeIndex> =
            working.node_indices().filter(|&node| working[node]).collect();
        while let Some(node) = next.pop() {
            if !std::mem::replace(&mut reached[node.index()], true) {
                next.extend(working.neighbors(node));
            }
        }
        let channels = self.channels as usize;
        (channels..reached.len())
            .filter(|&i| !reached[i])
            .map(|i| RoleId((i - channels) as u32))
            .collect()
    }

    /// The reporting line above a role, level by level, each with the link that leads there. Of several lines
    /// the first counts; a line that comes back to itself ends.
    pub fn superiors(&self, role: RoleId) -> Vec<(RoleId, &Link)> {
        let mut line = Vec::new();
        let (mut at, mut seen) = (role, vec![role]);
        while let Some((boss, link)) =
            self.links_from(From::Role(at)).find(|(_, link)| link.kind == LinkKind::Report)
            && !seen.contains(&boss)
        {
            line.push((boss, link));
            seen.push(boss);
            at = boss;
        }
        line
    }

    /// How late changes of policy reach a role, by the fastest of the ways that bring them from whoever learns of them at
    /// once; `None`: at once. Of roles that learn from each other alone, as late as its own links say.
    pub fn learns_after(&self, role: RoleId) -> Option<SimTime> {
        let late = |link: &Link| match link.kind {
            LinkKind::Policy(refresh) => Some(refresh),
            _ => None,
        };
        let before = |node| {
            let links = self.graph.edges_directed(node, Direction::Incoming);
            links.filter_map(|edge| late(edge.weight())).min()
        };
        let node = self.node(From::Role(role));
        let own = before(node)?;
        let policies = EdgeFiltered::from_fn(&self.graph, |edge| late(edge.weight()).is_some());
        let ways = dijkstra(Reversed(&policies), node, None, |edge| {
            late(edge.weight()).map_or(0, SimTime::micros)
        });
        let first = ways.into_iter().filter(|&(of, _)| before(of).is_none());
        Some(first.map(|(_, micros)| SimTime::from_micros(micros)).min().unwrap_or(own))
    }

    /// Roles on a cycle of links for which `along` holds, one list per cycle component.
    pub fn cycles(&self, along: impl Fn(&Link) -> bool) -> Vec<Vec<RoleId>> {
        let kept = self.graph.filter_map(|_, _| Some(()), |_, link| along(link).then_some(()));
        petgraph::algo::tarjan_scc(&kept)
            .into_iter()
            .filter(|component| {
                component.len() > 1 || kept.find_edge(component[0], component[0]).is_some()
            })
            .map(|component| {
                let mut roles: Vec<RoleId> = component
                    .iter()
                    .map(|node| RoleId(node.index() as u32 - self.channels))
                    .collect();
                roles.sort();
                roles
            })
            .collect()
    }

    fn node(&self, from: From) -> NodeIndex {
        match from {
            From::Channel(ChannelId(i)) => NodeIndex::new(i as usize),
            From::Role(RoleId(i)) => NodeIndex::new((self.channels + i) as usize),
        }
    }

    fn from(&self, node: NodeIndex) -> From {
        let i = node.index() as u32;
        if i < self.channels {
            From::Channel(ChannelId(i))
        } else {
            From::Role(RoleId(i - self.channels))
        }
    }
}
