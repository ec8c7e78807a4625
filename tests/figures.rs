//! The animated figures: the library's figures have no mistakes and look the same on every run,
//! and mistakes in a therapist's own figure are reported.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use regimen::diagnostic::render;
use regimen::figure::cells::{CellEncoder, Colours, Marker};
use regimen::figure::motion::{Motion, eased};
use regimen::figure::pose::CHANNELS;
use regimen::figure::raster::{Decorations, FigureRenderer, Material};
use regimen::figure::{Extremity, Figure, FigureSide, POINTS, Point};
use regimen::program::library::{self, FIGURE_FILES};
use regimen::program::{figure_reference, figures};
use regimen::source::Source;

const STILL: Decorations = Decorations {
    ghost: false,
    arrow: None,
};

fn figure(id: &str) -> Figure {
    figures::find(id).unwrap_or_else(|| panic!("{id}"))
}

fn stage(id: &str, width: usize, height: usize, side: FigureSide) -> FigureRenderer {
    FigureRenderer::new(Motion::new(figure(id)).unwrap(), width, height, side)
}

/// Returns a picture as text: for each cell a letter for what is seen near its middle.
fn sketch(stage: &FigureRenderer, at: f32) -> String {
    let picture = stage.picture(at, STILL);
    let mut text = String::new();
    for y in (3..picture.down()).step_by(8) {
        for x in (2..picture.across()).step_by(4) {
            text.push(match picture.at(x, y).material {
                Material::Stage => ' ',
                Material::Skin | Material::Eye => 'o',
                Material::Hair => 'h',
                Material::Shirt => 's',
                Material::Shorts => 'p',
                Material::Shoe => 'f',
                Material::Lit => '#',
                Material::Mat | Material::MatEdge | Material::Floor => '_',
                Material::Wood | Material::Wall => '|',
                Material::Band | Material::Roller => '=',
                Material::Ghost | Material::Arrow | Material::Cross => '.',
            });
        }
        text.truncate(text.trim_end_matches(' ').len());
        text.push('\n');
    }
    text
}

#[test]
fn library_figures_are_read_and_light_their_muscles() {
    for (id, text) in FIGURE_FILES {
        let (figure, diagnostics) = figures::read_text(text);
        let report = render::report(
            &Source::new(format!("{id}.yaml"), (*text).to_owned()),
            &diagnostics,
            false,
        );
        assert!(diagnostics.is_empty(), "{report}");
        let figure = figure.unwrap();
        assert!(library::get(id).is_some(), "{id} is not an exercise");
        // An exercise without muscles lights none.
        let muscles = &library::get(id).unwrap().muscles;
        let named = !muscles.strengthens.is_empty() || !muscles.stretches.is_empty();
        assert_eq!(figure.highlight.is_empty(), !named, "{id}");
        let motion = Motion::new(figure).unwrap();
        let stage = FigureRenderer::new(motion, 64, 24, FigureSide::Right);
        if !named {
            continue;
        }
        let lit = stage
            .picture(stage.last(), STILL)
            .samples
            .iter()
            .filter(|sample| sample.material == Material::Lit)
            .count();
        assert!(lit > 5, "{id} lights no muscle");
    }
}

#[test]
fn library_figures_have_no_faults() {
    let mut faults = Vec::new();
    for (id, _) in FIGURE_FILES {
        for fault in Motion::new(figure(id)).unwrap().faults() {
            faults.push(format!("{id} at {:.2}: {}", fault.at, fault.words()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn left_side_is_the_mirror_image_of_the_right() {
    for (id, _) in FIGURE_FILES {
        let (right, left) = (
            stage(id, 48, 14, FigureSide::Right),
            stage(id, 48, 14, FigureSide::Left),
        );
        for at in [0.0, right.last()] {
            let (one, other) = (right.picture(at, STILL), left.picture(at, STILL));
            let across = one.across();
            let differing = (0..one.down())
                .flat_map(|y| (0..across).map(move |x| (x, y)))
                .filter(|(x, y)| one.at(*x, *y).material != other.at(across - 1 - x, *y).material)
                .count();
            // Rounding may put samples on an edge on either side of it.
            assert!(
                differing < one.samples.len() / 200,
                "{id}: {differing} of {}",
                one.samples.len()
            );
        }
    }
}

#[test]
fn movement_begins_and_ends_gently_in_its_poses() {
    assert_eq!((eased(0.0), eased(0.5), eased(1.0)), (0.0, 0.5, 1.0));
    assert!(eased(0.01) < 0.0001 && eased(0.99) > 0.9999);
    let motion = Motion::new(figure("glute-bridge")).unwrap();
    let (start, hold) = (motion.at(0.0), motion.at(1.0));
    for end in [Extremity::FootRight, Extremity::FootLeft] {
        assert!(
            (start.ends.of(end).at - hold.ends.of(end).at).length() < 1e-3,
            "pinned feet stay in place"
        );
    }
    assert!(hold.point(Point::Pelvis).y > start.point(Point::Pelvis).y + 0.1);
    assert!((hold.point(Point::Shoulders) - start.point(Point::Shoulders)).length() < 0.05);
}

#[test]
fn mistakes_in_a_figure_are_reported_with_their_place() {
    let text = "\
        anchor: hips\nposes:\n  start: {base: crok, hip: 48}\n  \
        hold: {hipp: 20, knee: 200}\ncycle: [start, hold]\nprop: [mat]\nhighlight: glutes\n";
    let (figure, diagnostics) = figures::read_text(text);
    assert!(figure.is_none());
    let report = render::report(
        &Source::new("own.yaml", text.to_owned()),
        &diagnostics,
        false,
    );
    for words in [
        "`crok` isn't an option for `base`, did you mean `crook`?",
        "unknown key `hipp`, did you mean `hip`?",
        "`knee` needs a number from -5 to 165, not `200`",
        "unknown key `prop`, did you mean `props`?",
        "own.yaml:4:10",
        "`glutes` isn't an option for `highlight`",
    ] {
        assert!(report.contains(words), "{words} not in\n{report}");
    }
}

#[test]
fn a_picture_is_the_same_on_every_run() {
    let mut all = String::new();
    for (id, _) in FIGURE_FILES {
        let stage = stage(id, 48, 14, FigureSide::Right);
        all.push_str(&format!(
            "== {id}\n{}--\n{}",
            sketch(&stage, 0.0),
            sketch(&stage, stage.last())
        ));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn every_marker_and_depth_shows_a_body() {
    let stage = stage("bird-dog", 36, 12, FigureSide::Right);
    let picture = stage.picture(
        0.5,
        Decorations {
            ghost: true,
            arrow: Some(true),
        },
    );
    let area = Rect::new(0, 0, 36, 12);
    for marker in [
        Marker::Half,
        Marker::Quadrant,
        Marker::Sextant,
        Marker::Octant,
        Marker::Dots,
    ] {
        for colours in [
            Colours::True,
            Colours::TwoFiftySix,
            Colours::Sixteen,
            Colours::None,
        ] {
            let mut buffer = Buffer::empty(area);
            CellEncoder { marker, colours }.draw(&picture, area, &mut buffer);
            let drawn = buffer
                .content
                .iter()
                .filter(|cell| cell.symbol() != " ")
                .count();
            assert!(drawn > 40, "{marker:?} {colours:?}: {drawn}");
        }
    }
}

#[test]
fn figure_reference_lists_angles_and_points_and_its_examples_work() {
    let guide = figure_reference::markdown();
    for channel in CHANNELS {
        let bare = channel
            .name
            .strip_suffix("_r")
            .or(channel.name.strip_suffix("_l"))
            .unwrap_or(channel.name);
        assert!(
            guide.contains(&format!(
                "| `{bare}` | {} | {} |",
                channel.low, channel.high
            )),
            "{}",
            channel.name
        );
    }
    for (point, _) in POINTS {
        assert!(guide.contains(point), "{point}");
    }
    // The examples of the reference have no mistakes.
    for example in guide.split("```yaml\nfigure:\n").skip(1) {
        let example = example.split("```").next().unwrap();
        let text: String = example
            .lines()
            .map(|line| format!("{}\n", line.strip_prefix("  ").unwrap_or(line)))
            .collect();
        let (figure, diagnostics) = figures::read_text(&text);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let faults = Motion::new(figure.unwrap()).unwrap().faults();
        assert!(faults.is_empty(), "{text}{faults:?}");
    }
}

#[test]
fn figure_values_that_would_be_lost_are_reported() {
    let figure = "\
        anchor: hips\nposes: {start: {base: supine}, hold: {base: start, hip: 40}}\n\
        cycle: [start, hold]\n";
    let told = |text: String| {
        let (figure, diagnostics) = figures::read_text(&text);
        assert!(figure.is_none(), "{text}");
        diagnostics
            .iter()
            .map(|told| told.message.clone())
            .collect::<Vec<_>>()
            .join("\n")
    };
    for (from, to, words) in [
        ("cycle: [start, hold]", "cycle: []", "no `cycle`"),
        (
            "cycle: [start, hold]",
            "cycle: [start, hold]\narrow: {away: [0.1, 0]}",
            "no `track`",
        ),
        (
            "cycle: [start, hold]",
            "cycle: [start, hold]\nprops: [{chair: 0.3, wall: 0.4}]",
            "each prop",
        ),
        (
            "cycle: [start, hold]",
            "cycle: [start, hold]\nprops: [{step: [0.3, -0.2]}]",
            "`step` needs a number",
        ),
        (
            "cycle: [start, hold]",
            "cycle: [start, hold]\nwrong: {hold: \"\"}",
            "`wrong` is empty",
        ),
        (
            "anchor: hips",
            "anchor: {x: hips, y: hips, z: hips}",
            "`z` isn't an option for `anchor`",
        ),
        ("anchor: hips", "anchor: [hips", "bracket"),
    ] {
        let told = told(figure.replace(from, to));
        assert!(told.contains(words), "{to}: {told}");
    }
}

#[test]
fn grips_are_held_in_each_pose_and_reported_out_of_reach() {
    let motion = |text: &str| Motion::new(figures::read_text(text).0.unwrap()).unwrap();
    let two = motion(
        "anchor: feet\nprops: [{chair: 0.3}]\n\
         poses: {a: {base: standing, shoulder_r: 40, grab: {hand_r: chair}}, b: {base: a, \
         grab: {hand_r: hip_r}}}\n\
         cycle: [a, b]\n",
    );
    let one = motion(
        "anchor: feet\nprops: [{chair: 0.3}]\n\
         poses: {a: {base: standing, shoulder_r: 40, grab: {hand_r: chair}}}\ncycle: [a]\n",
    );
    let hand = Point::Hand(regimen::figure::FigureSide::Right);
    assert!((two.at(0.0).point(hand) - one.at(0.0).point(hand)).length() < 1e-3);
    assert!((two.at(1.0).point(hand) - one.at(0.0).point(hand)).length() > 0.1);
    let far = motion(
        "anchor: feet\nprops: [{chair: 1.5}]\n\
         poses: {a: {base: standing, grab: {hand_r: chair}}}\ncycle: [a]\n",
    );
    let faults = far.faults();
    assert!(
        faults[0].words().contains("away from what it holds"),
        "{faults:?}"
    );
    assert_eq!(faults[0].pose(&far), "a");
    // The last pose is checked like any other.
    let late = motion(
        "anchor: feet\nprops: [{chair: 1.5}]\n\
         poses: {a: {base: standing}, b: {base: a, grab: {hand_r: chair}}}\ncycle: [a, b]\n",
    );
    let faults = late.faults();
    assert!(
        faults[0].words().contains("away from what it holds"),
        "{faults:?}"
    );
    assert_eq!(faults[0].pose(&late), "b");
}

#[test]
fn figure_with_too_many_entries_is_refused() {
    let cycle = ["start"; 13].join(", ");
    let text = format!("anchor: hips\nposes: {{start: {{base: supine}}}}\ncycle: [{cycle}]\n");
    let (figure, diagnostics) = figures::read_text(&text);
    assert!(figure.is_none());
    assert!(
        diagnostics[0].message.contains("more than 12"),
        "{diagnostics:?}"
    );
}

#[test]
fn common_mistakes_differ_from_the_hold_and_are_crossed_out() {
    let mut shown = 0;
    for (id, _) in FIGURE_FILES {
        let figure = figure(id);
        let Some((_, words)) = &figure.wrong else {
            continue;
        };
        assert!((8..=30).contains(&words.chars().count()), "{id}: {words}");
        let stage = stage(id, 48, 14, FigureSide::Right);
        let picture = stage.wrong().unwrap();
        let crossed = picture
            .samples
            .iter()
            .filter(|sample| sample.material == Material::Cross)
            .count();
        assert!(crossed > 60, "{id}: {crossed}");
        let hold = stage.picture(stage.last(), STILL);
        let differing = picture
            .samples
            .iter()
            .zip(&hold.samples)
            .filter(|(a, b)| a.material != b.material)
            .count();
        assert!(
            differing > 300,
            "{id}: the mistake looks like the hold, {differing}"
        );
        shown += 1;
    }
    assert!(shown >= 10, "{shown}");
    assert!(FIGURE_FILES.len() >= 45, "{}", FIGURE_FILES.len());
}

#[test]
fn layout_follows_step_bench_stool_and_wall() {
    let on = |prop: &str| {
        let text = format!(
            "anchor: feet\nprops: [{prop}]\n\
             poses: {{start: {{base: standing}}, hold: {{base: start, shoulder: 90}}}}\n\
             cycle: [start, hold]\n"
        );
        let (figure, diagnostics) = figures::read_text(&text);
        assert!(diagnostics.is_empty(), "{prop}: {diagnostics:?}");
        Motion::new(figure.unwrap()).unwrap()
    };
    assert!(on("{step: [-0.1, 0.2]}").layout.floor < -0.1);
    assert!(on("{bench: [-0.1, 0.2]}").layout.floor < -0.2);
    assert!(on("{stool: [0.2, 0.5]}").layout.floor.abs() < f32::EPSILON);
    assert!((on("{wall: 0.4}").layout.wall - 0.4).abs() < f32::EPSILON);
    assert!(on("wall").layout.wall < 0.0);
    let motion = on("{tied: [hand_r, 0.5, 0.4, 0]}");
    assert_eq!(motion.bands(&motion.at(0.0)).len(), 1);
}
