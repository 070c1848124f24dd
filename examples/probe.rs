use orgsim::sim::*;
use orgsim::units::SimTime;
fn main() {
    let file = std::env::args().nth(1).unwrap();
    let reps: u32 = std::env::args().nth(2).map_or(2, |s| s.parse().unwrap());
    let source = orgsim::scenario::Source::read(std::path::Path::new(&file), 10_000_000).unwrap();
    let s = orgsim::scenario::load(&source, &orgsim::scenario::Overlay::default()).unwrap_or_else(|p| panic!("{}", orgsim::scenario::render(&source, &p, false)));
    let m = &s.model;
    for w in &s.warnings { println!("warn {w:?}"); }
    let watch = if std::env::var("PLAIN").is_ok() { Watch::default() } else { Watch { scopes: vec![Scope::default()], reply_within: vec![SimTime::HOUR, SimTime::HOUR.times(6)], backlog: true } };
    for d in &m.designs {
        println!("== {} cost {:.0} heads {:.1}", d.name, d.cost_per_year, d.headcount);
        let t = std::time::Instant::now();
        let mut ev = 0;
        for r in 0..reps {
            let o = run(&Task { world: &m.world, practice: &m.practice, organization: &d.organization, study: &m.study, watch: &watch, replication: r, stop: None }, &mut Unobserved);
            if let Some(v) = o.conservation.violation() { println!("VIOLATION {v}"); }
            ev += o.events;
            if r + 1 < reps || watch.scopes.is_empty() { continue; }
            let c = &o.scopes[0]; let n = c.needing as f64;
            println!("ended {:?} arrived {} needing {} answered {:.3} 1h {:.3} 6h {:.3} med {:?} p90 {:?} gaveup {:.3} settled1 {:.3} settled {:.3} wrong {:.3} handoffs {:.3} wrongdesk {:.3} msgs {:.2} open {}", o.ended, o.conservation.arrived, c.needing, c.answered as f64/n, c.within[0] as f64/n, c.within[1] as f64/n,
              c.first_response.quantile(0.5, c.needing).map(|x| x.to_string()), c.first_response.quantile(0.9, c.needing).map(|x| x.to_string()), c.gave_up as f64/n, c.settled_first as f64/n, c.settled as f64/n, c.wrong as f64/c.replies as f64, c.hand_offs as f64/n, c.wrong_desk as f64/n, c.messages as f64/n, c.open);
            println!("mentions seen {} touched {:.3} value {:.3}; agenda {:?}; ends {:?}", o.mentions.seen, o.mentions.touched as f64/o.mentions.seen as f64, o.mentions.value/o.mentions.seen as f64, o.conservation.agenda_peak, o.conservation.ends);
            let tot: u128 = c.waits.iter().sum();
            for cause in Cause::ALL { let w = c.waits[*cause as usize]; if w > 0 { print!("{} {:.1}%  ", cause.label(), 100.0*w as f64/tot as f64); } } println!();
            for ((_, role), t) in d.organization.roles().zip(&o.roles) {
                let sch = t.scheduled as f64;
                let idle = t.bins[Bin::Idle as usize] as f64; let pro = t.bins[Bin::Proactive as usize] as f64;
                println!("  {:20} sched h/wk {:6.1} reactive {:.2} pro {:.2} wait {:.1}m n {} overtime {}", role.name, sch/3.6e9/ (o.counted.hours()/168.0), 1.0-(idle+pro)/sch, pro/sch, t.wait.sum_minutes()/t.wait.n() as f64, t.arrived, t.overtime);
            }
        }
        println!("   {:.3} s/rep, {} events/rep, {:.0} ns/event", t.elapsed().as_secs_f64()/reps as f64, ev/reps as u64, t.elapsed().as_nanos() as f64/ev as f64);
    }
}
